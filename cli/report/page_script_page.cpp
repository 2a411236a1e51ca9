#include "cli/report/page_parts.h"

namespace hone {

std::string_view page_script_page() {
  return R"js(
function table(parent, head, rows) {
  const box = el('div', 'scroll'), node = el('table'), thead = el('thead'), tbody = el('tbody'), tr = el('tr');
  for (const h of head) tr.append(el('th', h.num ? 'num' : '', h.text));
  thead.append(tr);
  for (const row of rows) {
    const line = el('tr');
    row.forEach((cell, i) => {
      const td = el('td', (head[i].num ? 'num' : '') + (head[i].wide ? 'wide' : ''));
      if (cell instanceof Node) td.append(cell); else td.textContent = cell;
      line.append(td);
    });
    tbody.append(line);
  }
  node.append(thead, tbody);
  box.append(node);
  parent.append(box);
}
function chip(ok, yes, no) { return el('span', 'chip' + (ok ? '' : ' bad'), ok ? yes : no); }
function definitions(parent, pairs) {
  const list = el('dl');
  for (const [name, value] of pairs) {
    const item = el('div');
    item.append(el('dt', '', name), el('dd', '', value));
    list.append(item);
  }
  parent.append(list);
}

function header(parent) {
  const node = el('header'), title = el('h1', '', data.title);
  title.append(el('span', 'chip' + (study.state === 'finished' ? '' : ' wait'), study.state));
  const d = data.data;
  const parts = [];
  if (d) parts.push(thousands(d.rows) + ' rows' + (d.classes.length ? ', ' + d.classes.length + ' classes' : ', target ' + d.target));
  if (data.family) parts.push('model family ' + data.family);
  parts.push('sampler ' + study.sampler + ', scheduler ' + study.scheduler, 'seed ' + study.seed);
  if (study.opened) parts.push('began ' + study.opened.replace('T', ' ').replace('Z', ' UTC'));
  node.append(title, el('p', 'sub', parts.join(' · ')));
  parent.append(node);
}
const scores = () => data.best_scores;
function stats(parent) {
  const node = el('div', 'stats');
  const add = (label, figure, more, lead) => {
    const box = el('div', 'stat' + (lead ? ' lead' : ''));
    box.append(el('div', 'label', label), el('div', 'figure', figure), el('div', 'more', more));
    node.append(box);
  };
  if (best && study.best_by === 'knee') add('Pareto front', data.front.trials.length + (data.front.trials.length === 1 ? ' trial' : ' trials'),
    'hypervolume ' + short(data.front.hypervolume) + ', knee trial ' + data.front.knee, true);
  if (best) for (const s of scores()) add('best ' + s.metric, metricText(s.metric, s.value), 'trial ' + best.trial, true);
  const counts = Object.keys(study.states).map(s => study.states[s] + ' ' + s).join(', ');
  add('trials', study.trials, counts);
  add('search time', clock(study.search_seconds), study.closed_reason ? 'ended: ' + study.closed_reason : '');
  const c = data.compression;
  if (c) {
    add('compressed weights', percent(c.result_bytes / c.source_bytes, 1), bytes(c.source_bytes) + ' → ' + bytes(c.result_bytes), true);
    const speed = c.latency[c.latency.length - 1];
    if (speed) add('speed at batch ' + speed.batch, speed.speedup.toFixed(2) + ' ×', '95 %: ' + speed.speedup_low.toFixed(2) + ' to ' + speed.speedup_high.toFixed(2), true);
    if (c.test_rows) add(c.metric + ' on test rows', metricText(c.metric, c.result_test), 'before compression ' + metricText(c.metric, c.source_test), true);
  }
  parent.append(node);
}
function bestTrial(parent) {
  const node = section(parent, best ? 'Best trial: ' + best.trial : 'No trial has a score');
  if (!best) return;
  const reached = best.reached ? ' after ' + short(best.reached) + ' ' + study.fidelity_unit : '';
  node.append(el('p', '', scores().map(s => s.metric + ' ' + metricText(s.metric, s.value)).join(', ') + reached + ', ' + clock(best.trial_seconds) + ' of training.'));
  node.append(el('p', '', data.best_how));
  definitions(node, Object.keys(best.params).map(k => [k, short(best.params[k], 6)]));
  const others = Object.keys(best.metrics).filter(k => !scores().some(s => s.metric === k));
  if (others.length) {
    node.append(el('h3', '', 'Other metrics of its last report'));
    definitions(node, others.map(k => [k, metricText(k, best.metrics[k])]));
  }
  if (data.test) {
    node.append(el('h3', '', 'On ' + data.test.rows + ' test rows, which nothing was chosen by'));
    definitions(node, Object.keys(data.test.metrics).map(k => [k, metricText(k, data.test.metrics[k])]));
  }
  const commands = ['hone show ' + best.trial + ' ' + study.folder];
  if (data.compressed_model) commands.push('hone predict ' + data.compressed_model + ' FILE.csv');
  else if (data.best_model) commands.push('hone predict ' + data.best_model + ' FILE.csv');
  node.append(el('pre', '', commands.join('\n')));
}

function front(parent) {
  const f = data.front;
  if (!f || f.trials.length === 0) return;
  const node = section(parent, 'Pareto front', 'The trials that no other one beats in every objective. Hypervolume ' + short(f.hypervolume) + ' up to ' +
    f.objectives.map(o => o.metric + ' = ' + short(o.reference) + (o.reference_given ? ' (given)' : ' (the worst and a tenth of the range more)')).join(', ') + '.');
  const [first, second] = f.objectives.map((o, k) => f.trials.map(t => t.values[k]));
  chart(node, 290, (canvas, width, height, tip) => {
    const frame = { left: 58, right: width - 8, top: 20, bottom: height - 40 };
    const x = scale(Math.min(...first), Math.max(...first), frame.left + 8, frame.right - 8);
    const y = scale(Math.min(...second), Math.max(...second), frame.bottom - 8, frame.top + 8);
    axes(canvas, x, y, frame, x.ticks(width < 500 ? 4 : 8), v => short(v), f.objectives[0].metric);
    canvas.append(svg('text', { x: 0, y: 12 }, f.objectives[1].metric));
    for (const t of f.trials) {
      const dot = svg('circle', { class: 'dot completed' + (t.trial === f.knee ? ' best' : ''), cx: x(t.values[0]), cy: y(t.values[1]), r: t.trial === f.knee ? 6.5 : 4.5 });
      tip(dot, () => 'trial ' + t.trial + '\n' + f.objectives.map((o, k) => o.metric + ' = ' + short(t.values[k])).join('\n'));
      canvas.append(dot);
    }
  });
  legend(node, [['completed', 'front'], ['dot best', 'knee']]);
  table(node, [{ text: 'trial', num: true }].concat(f.objectives.map(o => ({ text: o.metric, num: true })), [{ text: '' }, { text: 'parameters', wide: true }]),
    f.trials.map(t => [t.trial].concat(t.values.map(v => short(v, 5)), [t.trial === f.knee ? 'knee' : '',
      paramsText(trials.find(one => one.trial === t.trial).params).replace(/\n/g, ', ')])));
}

function compression(parent) {
  const c = data.compression;
  if (!c) return;
  const node = section(parent, 'Compression of the best model', 'Quality on ' + thousands(c.validation_rows) + ' validation rows; every stage is kept only while it holds the quality limits.');
  const figure = (limit, x) => short(x, 3) + (limit.unit ? ' ' + limit.unit : '');
  if (c.limits.length) {
    node.append(el('h3', '', 'Limits'));
    table(node, [{ text: 'limit' }, { text: 'reached', num: true }, { text: '95 % interval', num: true }, { text: 'rows', num: true }, { text: 'verdict' }],
      c.limits.map(l => [l.limit, figure(l, l.reached), l.low === l.high ? '–' : short(l.low, 3) + ' to ' + figure(l, l.high),
        l.n ? thousands(l.n) : '–', chip(l.met, 'met', 'missed')]));
  }
  node.append(el('h3', '', 'Stages'));
  table(node, [{ text: 'stage' }, { text: c.metric, num: true }, { text: 'weights', num: true }, { text: 'parameters', num: true },
    { text: 'multiply-adds', num: true }, { text: 'time', num: true }, { text: '' }, { text: '', wide: true }],
    c.stages.map(s => [s.stage, metricText(c.metric, s.metric), bytes(s.weights_bytes), thousands(s.params), thousands(s.macs), clock(s.stage_seconds),
      chip(s.kept, 'kept', 'rolled back'), s.note]));
  if (c.latency.length) speeds(node, c);
  definitions(node, [['validation rows', metricText(c.metric, c.source_validation) + ' → ' + metricText(c.metric, c.result_validation)],
    ['test rows (' + thousands(c.test_rows) + ', read once)', metricText(c.metric, c.source_test) + ' → ' + metricText(c.metric, c.result_test)],
    ['same answer on test rows', percent(c.agreement, 2)], ['kernels', c.engine], ['processor', c.cpu]]);
  if (c.layers.length) {
    const more = el('details');
    more.append(el('summary', '', c.layers.length + ' layers'));
    table(more, [{ text: 'layer' }, { text: 'op' }, { text: 'width before', num: true }, { text: 'after', num: true }, { text: 'format' }, { text: 'kernel' }],
      c.layers.map(l => [l.layer, l.op, l.width_before || '–', l.width_after || '–', l.format, l.kernel]));
    node.append(more);
  }
}
function speeds(node, c) {
  node.append(el('h3', '', 'Time of a prediction, median'));
  table(node, [{ text: 'rows a call', num: true }, { text: 'before', num: true }, { text: 'after', num: true }, { text: 'faster', num: true }, { text: '95 % interval', num: true }],
    c.latency.map(f => [f.batch, duration(f.source_p50_seconds), duration(f.result_p50_seconds), f.speedup.toFixed(2) + ' ×',
      f.speedup_low.toFixed(2) + ' to ' + f.speedup_high.toFixed(2)]));
}
const duration = s => s < 1e-3 ? short(s * 1e6, 3) + ' µs' : short(s * 1e3, 3) + ' ms';

function failures(parent) {
  const failed = trials.filter(t => t.state === 'failed');
  if (failed.length === 0) return;
  const node = section(parent, 'Failures', 'A failed trial is data: the search goes on and learns where not to go.');
  table(node, [{ text: 'trial', num: true }, { text: 'class' }, { text: 'attempts', num: true }, { text: 'what it said', wide: true }],
    failed.slice(0, 50).map(t => [t.trial, t.failure || '', t.attempts, t.message || '']));
  if (failed.length > 50) node.append(el('p', '', 'The first 50 of ' + failed.length + '.'));
}

function trialTable(parent) {
  if (trials.length === 0) return;
  const some = trials.length < study.trials ? 'The best ' + trials.length + ' of ' + study.trials + ' trials; report.json holds all.' : undefined;
  const node = section(parent, some ? 'Trials' : 'All trials', some);
  const tools = el('div', 'tools'), input = el('input');
  input.placeholder = 'filter: completed, adamw, 17 …';
  input.setAttribute('aria-label', 'filter trials');
  tools.append(input);
  const columns = [['trial', t => t.trial], ['state', t => t.failure || t.state], [study.metric, t => t.value], [study.fidelity_unit, t => t.reached],
    ['time', t => t.trial_seconds]].concat(data.parameters.map(p => [p.name, t => t.params[p.name] === undefined ? null : t.params[p.name]]));
  const isText = columns.map(([, get]) => trials.some(t => typeof get(t) === 'string' || typeof get(t) === 'boolean'));
  const box = el('div', 'scroll'), view = el('table'), thead = el('thead'), tbody = el('tbody'), tr = el('tr');
  const more = el('button', 'more', 'show all');
  let sorted = 0, down = false, most = 100;
  const fill = () => {
    const wanted = input.value.trim().toLowerCase();
    const get = columns[sorted][1];
    const rows = trials.filter(t => !wanted || columns.some(([, g]) => String(g(t)).toLowerCase().includes(wanted)));
    rows.sort((a, b) => {
      const x = get(a), y = get(b);
      if (x === null || y === null) return (x === null) - (y === null) || a.trial - b.trial;
      return (x < y ? -1 : x > y ? 1 : a.trial - b.trial) * (down ? -1 : 1);
    });
    tbody.replaceChildren();
    for (const t of rows.slice(0, most)) {
      const line = el('tr', t === best ? 'best' : '');
      columns.forEach(([name, g], i) => {
        const value = g(t), td = el('td', isText[i] ? '' : 'num');
        if (i === 1) td.append(el('span', 'state ' + t.state));
        td.append(document.createTextNode(i === 2 ? metricText(study.metric, value) : i === 4 ? clock(value) : short(value)));
        line.append(td);
      });
      tbody.append(line);
    }
    more.hidden = rows.length <= most;
    more.textContent = 'show all ' + rows.length;
  };
  columns.forEach(([name], i) => {
    const th = el('th', isText[i] ? '' : 'num'), button = el('button', '', name);
    button.addEventListener('click', () => {
      down = sorted === i ? !down : i === 2 && study.goal === 'maximize';
      sorted = i;
      for (const other of tr.children) other.removeAttribute('aria-sort');
      th.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      fill();
    });
    th.append(button);
    tr.append(th);
  });
  input.addEventListener('input', fill);
  more.addEventListener('click', () => { most = Infinity; fill(); });
  thead.append(tr);
  view.append(thead, tbody);
  box.append(view);
  node.append(tools, box, more);
  fill();
}

const main = document.querySelector('main');
const pair = () => { const node = el('div', 'pair'); main.append(node); return node; };
// Boxes stand in the page before anything is drawn into them, so that charts know their width.
header(main);
stats(main);
bestTrial(main);
front(main);
let row = pair();
history(row);
curves(row);
compression(main);
row = pair();
importance(row);
rungs(row);
for (const node of document.querySelectorAll('.pair')) if (node.children.length < 2) node.className = '';
parallel(main);
slices(main);
trialTable(main);
failures(main);
main.append(el('footer', '', 'hone ' + data.version + ' · ' + study.folder + (data.data ? ' · data ' + data.data.hash.slice(0, 12) : '')));
)js";
}

}  // namespace hone
