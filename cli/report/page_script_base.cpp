#include "cli/report/page_parts.h"

namespace hone {

std::string_view page_script_base() {
  return R"js(
'use strict';
const data = JSON.parse(document.getElementById('data').textContent);
const study = data.study;
const trials = data.items;
const better = study.goal === 'maximize' ? (a, b) => a > b : (a, b) => a < b;
const best = study.best === null ? null : trials.find(t => t.trial === study.best);

// Elements. Texts come from the data and are only ever set as text.
function el(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  return node;
}
function svg(tag, attributes, text) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const name in attributes) node.setAttribute(name, attributes[name]);
  if (text !== undefined) node.textContent = text;
  return node;
}

// Numbers.
function short(x, digits) {
  if (x === null || x === undefined) return '–';
  if (typeof x !== 'number') return String(x);
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 1e7) return String(x);
  const text = size >= 1e-4 && size < 1e7 ? String(Number(x.toPrecision(digits || 4))) : x.toExponential(2);
  return text.replace(/\.?0+e/, 'e').replace('-', '−');
}
const percent = (x, digits) => (100 * x).toFixed(digits === undefined ? 1 : digits) + ' %';
function bytes(n) {
  if (n < 1024) return n + ' B';
  return n < 1048576 ? (n / 1024).toFixed(1) + ' KiB' : (n / 1048576).toFixed(2) + ' MiB';
}
function clock(seconds) {
  if (seconds < 1) return Math.round(seconds * 1000) + ' ms';
  if (seconds < 60) return seconds.toFixed(1) + ' s';
  const s = Math.round(seconds), two = n => String(n).padStart(2, '0');
  return s < 3600 ? Math.floor(s / 60) + ':' + two(s % 60)
                  : Math.floor(s / 3600) + ':' + two(Math.floor(s / 60) % 60) + ':' + two(s % 60);
}
const thousands = n => n.toLocaleString('en-US');
const isShare = name => /(^|_)(accuracy|auc|f1_macro)$/.test(name);
const metricText = (name, x) => x === null || x === undefined ? '–' : isShare(name) ? percent(x, 2) : short(x, 5);
const paramsText = params => Object.keys(params).map(k => k + ' = ' + short(params[k])).join('\n');

// Scales.
function niceTicks(low, high, wanted) {
  const span = high - low || Math.abs(high) || 1;
  const rough = span / Math.max(1, wanted);
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 2.5, 5, 10].map(m => m * power).find(s => s >= rough);
  const ticks = [];
  for (let v = Math.ceil(low / step - 1e-9) * step; v <= high + step * 1e-9; v += step) {
    ticks.push(Number(v.toPrecision(12)));
  }
  return ticks;
}
function logTicks(low, high) {
  const ticks = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); ++e) {
    for (const m of high / low > 1e3 ? [1] : [1, 2, 5]) {
      const v = Number((m * Math.pow(10, e)).toPrecision(6));
      if (v >= low * 0.999 && v <= high * 1.001) ticks.push(v);
    }
  }
  return ticks;
}
function scale(low, high, from, to, log) {
  if (low === high) { low -= Math.abs(low) * 0.05 || 0.5; high += Math.abs(high) * 0.05 || 0.5; log = log && low > 0; }
  const t = log ? Math.log : x => x;
  const f = x => from + (t(x) - t(low)) / (t(high) - t(low)) * (to - from);
  f.low = low; f.high = high;
  f.clamped = x => f(Math.min(high, Math.max(low, x)));
  f.ticks = wanted => log ? logTicks(low, high) : niceTicks(low, high, wanted);
  return f;
}
// The range worth looking at: a few far worse values must not flatten all others.
function valueRange(values) {
  const sorted = values.slice().sort((a, b) => a - b);
  let low = sorted[0], high = sorted[sorted.length - 1];
  const at = p => sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))];
  const log = low > 0 && high / low > 100;
  if (sorted.length > 7 && !log) {
    const spread = at(0.75) - at(0.25) || high - low;
    if (study.goal === 'maximize') low = Math.max(low, at(0.25) - 2 * spread);
    else high = Math.min(high, at(0.75) + 2 * spread);
  }
  const pad = log ? 0 : (high - low) * 0.06 || Math.abs(high) * 0.02 || 0.1;
  return { low: low - pad, high: high + pad, log: log };
}
// Class q0 … q6 by rank of a value among all: good is strong.
const ranked = trials.filter(t => t.value !== null).map(t => t.value).sort((a, b) => better(a, b) ? 1 : -1);
function shade(value) {
  if (value === null || ranked.length < 2) return 0;
  return Math.min(6, Math.floor(7 * ranked.indexOf(value) / (ranked.length - 1)));
}

// A chart that is drawn again when its width changes: draw(svg element, width, tip).
function chart(parent, height, draw) {
  const box = el('div', 'chart');
  const canvas = svg('svg', { role: 'img' });
  const tipBox = el('div', 'tip');
  box.append(canvas, tipBox);
  parent.append(box);
  const tip = (node, text) => {
    node.addEventListener('pointerenter', event => {
      tipBox.textContent = text();
      const frame = box.getBoundingClientRect();
      const x = event.clientX - frame.left, y = event.clientY - frame.top;
      const width = tipBox.offsetWidth;
      tipBox.style.left = Math.max(0, Math.min(x + 12, frame.width - width)) + 'px';
      tipBox.style.top = (y + 16) + 'px';
      tipBox.style.visibility = 'visible';
    });
    node.addEventListener('pointerleave', () => { tipBox.style.visibility = 'hidden'; });
  };
  let drawn = 0;
  const redraw = () => {
    const width = Math.floor(box.clientWidth);
    if (width < 50 || width === drawn) return;
    drawn = width;
    const tall = typeof height === 'function' ? height(width) : height;
    canvas.replaceChildren();
    canvas.setAttribute('viewBox', '0 0 ' + width + ' ' + tall);
    canvas.setAttribute('height', tall);
    draw(canvas, width, tall, tip);
  };
  redraw();
  new ResizeObserver(redraw).observe(box);
}
function axes(canvas, x, y, frame, xTicks, yText, xTitle) {
  for (const v of y.ticks(5)) {
    canvas.append(svg('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: y(v), y2: y(v) }));
    canvas.append(svg('text', { x: frame.left - 8, y: y(v) + 4, 'text-anchor': 'end' }, yText(v)));
  }
  canvas.append(svg('line', { class: 'axis', x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom }));
  for (const v of xTicks) {
    canvas.append(svg('text', { x: x(v), y: frame.bottom + 17, 'text-anchor': 'middle' }, short(v)));
  }
  canvas.append(svg('text', { x: frame.right, y: frame.bottom + 34, 'text-anchor': 'end' }, xTitle));
}
function tickTexts(scaleOf) {
  const ticks = scaleOf.ticks(5);
  const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
  return v => isShare(study.metric) ? (100 * v).toFixed(step < 0.001 ? 2 : step < 0.01 ? 1 : 0) + ' %' : short(v);
}
function section(parent, title, text) {
  const node = el('section');
  node.append(el('h2', '', title));
  if (text) node.append(el('p', '', text));
  parent.append(node);
  return node;
}
)js";
}

}  // namespace hone
