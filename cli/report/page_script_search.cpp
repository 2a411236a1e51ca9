#include "cli/report/page_parts.h"

namespace hone {

std::string_view page_script_search() {
  return R"js(
function trialTip(t) {
  return 'trial ' + t.trial + ', ' + (t.failure || t.state) + '\n' + study.metric + ' ' + metricText(study.metric, t.value) +
    (t.reached ? ' after ' + short(t.reached) + ' ' + study.fidelity_unit : '') + '\n' + paramsText(t.params);
}
function legend(parent, entries) {
  const box = el('div', 'legend');
  for (const [className, text] of entries) {
    const item = el('span');
    const mark = svg('svg', { viewBox: '0 0 10 10' });
    mark.append(svg('circle', { class: className, cx: 5, cy: 5, r: 4.5 }));
    item.append(mark, document.createTextNode(text));
    box.append(item);
  }
  parent.append(box);
}

function history(parent) {
  const shown = trials.filter(t => t.value !== null);
  if (shown.length === 0) return;
  const node = section(parent, 'Search history');
  const range = valueRange(shown.map(t => t.value));
  chart(node, 290, (canvas, width, height, tip) => {
    const frame = { left: 58, right: width - 8, top: 8, bottom: height - 40 };
    const last = trials[trials.length - 1].trial;
    const x = scale(0, Math.max(1, last), frame.left + 8, frame.right - 8);
    const y = scale(range.low, range.high, frame.bottom - 4, frame.top + 4, range.log);
    axes(canvas, x, y, frame, niceTicks(0, last, width < 500 ? 4 : 8).filter(Number.isInteger), tickTexts(y), 'trial');
    let top = null, path = '';
    for (const t of shown) {
      if (top !== null && !better(t.value, top)) continue;
      path += (path ? 'H' + x(t.trial) + 'V' : 'M' + x(t.trial) + ' ') + y.clamped(t.value);
      top = t.value;
    }
    canvas.append(svg('path', { class: 'best-line', d: path + 'H' + x(last) }));
    for (const t of shown) {
      const dot = svg('circle', { class: 'dot ' + t.state + (t === best ? ' best' : ''), cx: x(t.trial), cy: y.clamped(t.value),
        r: t === best ? 6.5 : 4.5 });
      tip(dot, () => trialTip(t));
      canvas.append(dot);
    }
  });
  const states = ['completed', 'rested', 'stopped', 'failed', 'running'].filter(s => shown.some(t => t.state === s));
  legend(node, states.map(s => [s, s]).concat([['dot best', 'best']]));
  const outside = shown.filter(t => t.value < range.low || t.value > range.high).length;
  if (outside) node.append(el('p', '', outside + (outside === 1 ? ' trial lies' : ' trials lie') + ' outside the range and stand at its edge.'));
}

function curves(parent) {
  const all = trials.filter(t => t.curve && t.curve.length > 1);
  if (all.length === 0) return;
  const most = 200;
  const shown = all.slice().sort((a, b) => a.value === null ? 1 : b.value === null ? -1 : better(a.value, b.value) ? -1 : 1).slice(0, most);
  const node = section(parent, 'Learning curves',
    all.length > most ? 'The best ' + most + ' of ' + all.length + ' trials.' : '');
  const range = valueRange(shown.flatMap(t => t.curve.map(p => p[1])));
  const steps = shown.map(t => t.curve[t.curve.length - 1][0]);
  const first = Math.min(...shown.map(t => t.curve[0][0]));
  chart(node, 290, (canvas, width, height, tip) => {
    const frame = { left: 58, right: width - 8, top: 8, bottom: height - 40 };
    const high = Math.max(...steps);
    const x = scale(Math.min(first, high), high, frame.left + 4, frame.right - 8);
    const y = scale(range.low, range.high, frame.bottom - 4, frame.top + 4, range.log);
    axes(canvas, x, y, frame, x.ticks(width < 500 ? 4 : 8), tickTexts(y), study.fidelity_unit);
    for (const t of shown.slice().reverse()) {
      const d = t.curve.map((p, i) => (i ? 'L' : 'M') + x(p[0]).toFixed(1) + ' ' + y.clamped(p[1]).toFixed(1)).join('');
      const line = svg('path', { class: 'curve ' + (t === best ? 'best' : 's' + shade(t.value)), d: d });
      tip(line, () => trialTip(t));
      canvas.append(line);
    }
  });
  ramp(node);
}
function ramp(parent) {
  const box = el('div', 'legend');
  const item = el('span');
  const mark = svg('svg', { class: 'ramp', viewBox: '0 0 84 10' });
  for (let i = 0; i < 7; ++i) mark.append(svg('rect', { class: 'f' + i, x: 12 * i, y: 0, width: 12, height: 10 }));
  mark.style.width = '84px';
  item.append(document.createTextNode('worst'), mark, document.createTextNode('best by rank'));
  box.append(item);
  parent.append(box);
  if (best) {
    const gold = el('span');
    const dot = svg('svg', { viewBox: '0 0 10 10' });
    dot.append(svg('circle', { class: 'dot best', cx: 5, cy: 5, r: 4.5 }));
    gold.append(dot, document.createTextNode('trial ' + best.trial));
    box.append(gold);
  }
}

function rungs(parent) {
  if (!data.rungs || data.rungs.length < 2) return;
  const node = section(parent, 'Budgets', 'How many trials reached each budget. Of those the better ones (dark) went on to the next.');
  chart(node, 34 * data.rungs.length + 8, (canvas, width, height, tip) => {
    const left = 92, right = width - 44;
    const most = Math.max(...data.rungs.map(r => r.reached), 1);
    data.rungs.forEach((rung, i) => {
      const y = 34 * i + 4, full = (right - left) * rung.reached / most, part = (right - left) * rung.promoted / most;
      const bar = svg('rect', { class: 'bar', x: left, y: y, width: Math.max(1, full), height: 22, rx: 4 });
      tip(bar, () => rung.reached + ' reached ' + short(rung.budget) + ' ' + study.fidelity_unit + '\n' + rung.promoted + ' went on');
      canvas.append(bar);
      if (part > 0) canvas.append(svg('rect', { class: 'bar up', x: left, y: y, width: part, height: 22, rx: 4 }));
      canvas.append(svg('text', { x: left - 10, y: y + 15, 'text-anchor': 'end' }, short(rung.budget) + ' ' + study.fidelity_unit));
      canvas.append(svg('text', { class: 'name', x: left + full + 8, y: y + 15 }, rung.reached));
    });
  });
}
)js";
}

}  // namespace hone
