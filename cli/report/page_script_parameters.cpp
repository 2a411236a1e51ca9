#include "cli/report/page_parts.h"

namespace hone {

std::string_view page_script_parameters() {
  return R"js(
// A parameter's axis: position of a value between `from` and `to`; categories stand in order.
function parameterScale(p, from, to) {
  if (p.choices || p.type === 'bool') {
    const choices = (p.choices || [false, true]).map(String);
    const f = value => from + (choices.indexOf(String(value)) + 0.5) / choices.length * (to - from);
    f.marks = choices.map(c => [f(c), c]);
    return f;
  }
  const f = scale(p.low, p.high, from, to, p.log);
  f.marks = [[f(p.low), short(p.low, 3)], [f(p.high), short(p.high, 3)]];
  return f;
}
const cut = (text, most) => text.length > most ? text.slice(0, most - 1) + '…' : text;

function importance(parent) {
  if (!data.importance || data.importance.length < 2) return;
  const node = section(parent, 'What mattered', 'Share of the difference between the best tenth and the rest that each parameter ' +
    'explains (PED-ANOVA). Few trials make it a hint, not a proof.');
  chart(node, 30 * data.importance.length + 4, (canvas, width) => {
    const left = Math.min(150, width * 0.38), right = width - 56;
    data.importance.forEach((entry, i) => {
      const y = 30 * i + 4, length = (right - left) * entry.share;
      canvas.append(svg('text', { x: left - 10, y: y + 14, 'text-anchor': 'end' }, cut(entry.name, Math.floor(left / 7))));
      canvas.append(svg('rect', { class: 'bar up', x: left, y: y, width: Math.max(1.5, length), height: 19, rx: 4 }));
      canvas.append(svg('text', { class: 'name', x: left + length + 8, y: y + 14 }, percent(entry.share, 0)));
    });
  });
}

function slices(parent) {
  const shown = trials.filter(t => t.value !== null);
  if (data.parameters.length === 0 || shown.length < 2) return;
  const node = section(parent, 'Parameters one by one', 'Every dot is a trial: the parameter against ' + study.metric + '.');
  const range = valueRange(shown.map(t => t.value));
  const columns = width => Math.max(1, Math.min(data.parameters.length, Math.floor(width / 230)));
  const rows = width => Math.ceil(data.parameters.length / columns(width));
  chart(node, width => rows(width) * 178 - 12, (canvas, width, height, tip) => {
    const count = columns(width), gap = 22, wide = (width - 46 - gap * (count - 1)) / count;
    data.parameters.forEach((p, i) => {
      const left = 46 + (i % count) * (wide + gap), top = Math.floor(i / count) * 178 + 18;
      const y = scale(range.low, range.high, top + 112, top + 4, range.log);
      const x = parameterScale(p, left + 6, left + wide - 6);
      const text = tickTexts(y);
      for (const v of y.ticks(4)) {
        canvas.append(svg('line', { class: 'grid', x1: left, x2: left + wide, y1: y(v), y2: y(v) }));
        if (i % count === 0) canvas.append(svg('text', { x: left - 6, y: y(v) + 4, 'text-anchor': 'end' }, text(v)));
      }
      canvas.append(svg('line', { class: 'axis', x1: left, x2: left + wide, y1: top + 116, y2: top + 116 }));
      canvas.append(svg('text', { class: 'name', x: left, y: top - 6 }, cut(p.name + (p.log ? ' (log)' : ''), Math.floor(wide / 7))));
      x.marks.forEach(([at, mark], k) => {
        const anchor = p.choices || p.type === 'bool' ? 'middle' : k === 0 ? 'start' : 'end';
        canvas.append(svg('text', { x: at, y: top + 132, 'text-anchor': anchor }, cut(mark, Math.max(4, Math.floor(wide / x.marks.length / 7)))));
      });
      for (const t of shown) {
        if (!(p.name in t.params)) continue;
        // Equal categories would hide each other: spread by the trial's number, the same in every drawing.
        const spread = p.choices || p.type === 'bool' ? ((t.trial * 0.618034) % 1 - 0.5) * Math.min(40, wide / x.marks.length * 0.6) : 0;
        const dot = svg('circle', { class: 'dot ' + (t === best ? 'best' : 'f' + shade(t.value)), cx: x(t.params[p.name]) + spread, cy: y.clamped(t.value),
          r: t === best ? 5.5 : 4 });
        tip(dot, () => trialTip(t));
        canvas.append(dot);
      }
    });
  });
}

function parallel(parent) {
  if (data.parameters.length < 2 || ranked.length < 2) return;
  const scored = trials.filter(t => t.value !== null).sort((a, b) => better(a.value, b.value) ? 1 : -1);
  const shown = scored.slice(-250);
  const node = section(parent, 'All parameters together', 'Every line is a trial, from its parameters to its score' +
    (shown.length < scored.length ? '; the best 250 of ' + scored.length : '') + '. A parameter that was not active passes below its axis.');
  const scroll = el('div', 'scroll');
  const inner = el('div');
  inner.style.minWidth = (data.parameters.length + 1) * 92 + 'px';
  scroll.append(inner);
  node.append(scroll);
  chart(inner, 300, (canvas, width, height, tip) => {
    const top = 34, bottom = height - 46, none = height - 14;
    const names = data.parameters.map(p => p.name).concat([study.metric]);
    const at = i => 46 + i * (width - 92) / (names.length - 1);
    const range = valueRange(shown.map(t => t.value));
    const scales = data.parameters.map(p => parameterScale(p, bottom, top));
    const score = scale(range.low, range.high, bottom, top, range.log);
    const scoreText = tickTexts(score);
    score.marks = [[score(range.low), scoreText(range.low)], [score(range.high), scoreText(range.high)]];
    scales.push(score);
    for (const t of shown.concat(best ? [best] : [])) {
      const d = names.map((name, i) => {
        const value = t.params[name];
        const y = i === names.length - 1 ? score.clamped(t.value) : value === undefined ? none : scales[i](value);
        return (i ? 'L' : 'M') + at(i).toFixed(1) + ' ' + y.toFixed(1);
      }).join('');
      const line = svg('path', { class: 'curve ' + (t === best ? 'best' : 's' + shade(t.value)), d: d });
      tip(line, () => trialTip(t));
      canvas.append(line);
    }
    names.forEach((name, i) => {
      canvas.append(svg('line', { class: 'whisker', x1: at(i), x2: at(i), y1: top, y2: bottom, opacity: 0.45 }));
      canvas.append(svg('text', { class: 'name', x: at(i), y: 12, 'text-anchor': 'middle' }, cut(name, 15)));
      if (shown.some(t => i < names.length - 1 && !(name in t.params))) {
        canvas.append(svg('text', { class: 'mark', x: at(i) + 8, y: none + 4 }, 'not active'));
      }
      const marks = scales[i].marks;
      marks.forEach(([y, mark], k) => {
        const ends = marks.length === 2 && !(data.parameters[i] && (data.parameters[i].choices || data.parameters[i].type === 'bool'));
        canvas.append(svg('text', { class: 'mark', x: ends ? at(i) : at(i) + 6, y: ends ? (k === 0 ? y + 16 : y - 6) : y + 4,
          'text-anchor': ends ? 'middle' : 'start' }, cut(mark, 10)));
      });
    });
  });
  ramp(node);
}
)js";
}

}  // namespace hone
