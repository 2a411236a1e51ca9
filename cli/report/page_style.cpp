#include "cli/report/page_parts.h"

namespace hone {

std::string_view page_style() {
  return R"css(
:root {
  color-scheme: light dark;
  --page: #f6f7f5; --card: #ffffff; --ink: #1d2326; --soft: #5c676d; --faint: #8a959b; --line: #e1e5e3; --grid: #edf0ee;
  --accent: #0d7a70; --accent-soft: #d9efec; --gold: #c27803; --gold-soft: #fdf1d9; --bad: #c2362b; --bad-soft: #fbe4e1;
  --rest: #7b93a6; --stop: #b08a4a; --run: #2f6fd0;
  --q0: #d5dbd9; --q1: #b4cfcb; --q2: #8dc0b9; --q3: #5fada4; --q4: #33978c; --q5: #0d7a70; --q6: #06564f;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #12161a; --card: #1a2025; --ink: #e7ebec; --soft: #a3afb5; --faint: #74818a; --line: #2b343a; --grid: #232b30;
    --accent: #4cc7b8; --accent-soft: #14393a; --gold: #f0b449; --gold-soft: #3b2f16; --bad: #f0776c; --bad-soft: #43211f;
    --rest: #8ba6bb; --stop: #d0ab6a; --run: #74a7f5;
    --q0: #3a4449; --q1: #365652; --q2: #336b65; --q3: #338179; --q4: #379a8f; --q5: #4cc7b8; --q6: #8fe9dd;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto,
  "Helvetica Neue", "Noto Sans", sans-serif; -webkit-text-size-adjust: 100%; }
main { max-width: 1120px; margin: 0 auto; padding: 28px 20px 60px; }
header { margin-bottom: 20px; }
h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; letter-spacing: -0.015em; overflow-wrap: anywhere; }
h2 { font-size: 17px; margin: 0; letter-spacing: -0.005em; }
h3 { font-size: 13px; margin: 22px 0 8px; color: var(--soft); font-weight: 600; }
p { margin: 4px 0 12px; color: var(--soft); max-width: 75ch; }
.sub { color: var(--soft); margin: 0; max-width: none; overflow-wrap: anywhere; }
.chip { display: inline-block; font-size: 12px; font-weight: 600; line-height: 1; padding: 5px 9px; border-radius: 99px;
  background: var(--accent-soft); color: var(--accent); white-space: nowrap; }
.chip.bad { background: var(--bad-soft); color: var(--bad); }
.chip.wait { background: var(--gold-soft); color: var(--gold); }
h1 .chip { vertical-align: 5px; margin-left: 8px; letter-spacing: 0; }
.stats { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; margin: 20px 0; }
.stat, section { background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
.stat { padding: 14px 16px; min-width: 0; }
.stat .label { color: var(--soft); font-size: 12.5px; }
.stat .figure { font-size: 25px; line-height: 1.25; font-weight: 650; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.stat .more { color: var(--faint); font-size: 12.5px; overflow-wrap: anywhere; }
.stat.lead .figure { color: var(--accent); }
section { padding: 18px 20px 20px; margin-bottom: 16px; min-width: 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; }
.pair > section { margin-bottom: 16px; }
@media (max-width: 820px) { .pair { grid-template-columns: 1fr; gap: 0; } }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(180px, 1fr)); gap: 10px 20px; margin: 14px 0 0; }
dl div { min-width: 0; border-top: 1px solid var(--grid); padding-top: 8px; }
dt { color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
pre { margin: 14px 0 0; padding: 12px 14px; background: var(--page); border: 1px solid var(--line); border-radius: 8px; overflow-x: auto;
  font: 13px/1.6 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.chart { position: relative; margin-top: 12px; }
svg { display: block; width: 100%; overflow: visible; }
svg text { fill: var(--soft); font-size: 11.5px; font-variant-numeric: tabular-nums; }
svg text.mark { fill: var(--ink); paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
svg text.name { fill: var(--ink); font-weight: 600; }
.grid { stroke: var(--grid); stroke-width: 1; }
.axis { stroke: var(--line); stroke-width: 1; }
.best-line { fill: none; stroke: var(--gold); stroke-width: 2; stroke-linejoin: round; }
.dot { stroke: var(--card); stroke-width: 1.5; cursor: default; }
.dot:hover { stroke: var(--ink); }
.completed { fill: var(--accent); } .rested { fill: var(--rest); } .stopped { fill: var(--stop); } .failed { fill: var(--bad); }
.running, .waiting { fill: var(--run); } .dot.best { fill: var(--gold); }
.curve { fill: none; stroke-width: 1.5; stroke-linejoin: round; stroke-linecap: round; opacity: 0.75; }
.curve:hover { stroke-width: 3; opacity: 1; }
.curve.best { stroke: var(--gold); stroke-width: 2.75; opacity: 1; }
.s0 { stroke: var(--q0); } .s1 { stroke: var(--q1); } .s2 { stroke: var(--q2); } .s3 { stroke: var(--q3); } .s4 { stroke: var(--q4); }
.s5 { stroke: var(--q5); } .s6 { stroke: var(--q6); }
.f0 { fill: var(--q0); } .f1 { fill: var(--q1); } .f2 { fill: var(--q2); } .f3 { fill: var(--q3); } .f4 { fill: var(--q4); }
.f5 { fill: var(--q5); } .f6 { fill: var(--q6); }
.bar { fill: var(--q2); } .bar.up { fill: var(--accent); }
.whisker { stroke: var(--ink); stroke-width: 1.5; }
.legend { display: flex; flex-wrap: wrap; gap: 6px 16px; margin: 10px 0 0; color: var(--soft); font-size: 12.5px; }
.legend svg { display: inline-block; width: 10px; height: 10px; margin-right: 6px; vertical-align: -1px; }
.ramp { display: inline-block; vertical-align: -1px; margin: 0 6px; }
.tip { position: absolute; z-index: 2; pointer-events: none; max-width: 300px; padding: 8px 10px; border-radius: 8px; background: var(--ink); color: var(--page);
  font-size: 12.5px; line-height: 1.4; white-space: pre-line; overflow-wrap: anywhere; visibility: hidden; }
.scroll { overflow-x: auto; margin: 12px -20px 0; padding: 0 20px; }
table { border-collapse: collapse; width: 100%; font-size: 13.5px; font-variant-numeric: tabular-nums; }
th, td { padding: 7px 10px; text-align: left; border-bottom: 1px solid var(--grid); white-space: nowrap; max-width: 360px; overflow: hidden; text-overflow: ellipsis; }
th { color: var(--soft); font-weight: 600; font-size: 12.5px; border-bottom-color: var(--line); }
td.wide { white-space: normal; min-width: 220px; overflow-wrap: anywhere; }
th.num, td.num { text-align: right; }
th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
tbody tr:hover { background: var(--page); }
tr.best td { font-weight: 650; } tr.best td:first-child { color: var(--gold); }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer; }
th button:hover, th button:focus-visible { color: var(--ink); }
.state { display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 7px; }
.state.completed { background: var(--accent); } .state.rested { background: var(--rest); } .state.stopped { background: var(--stop); }
.state.failed { background: var(--bad); } .state.running, .state.waiting { background: var(--run); }
.tools { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-top: 12px; }
input { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 8px; padding: 6px 10px; width: 260px; max-width: 100%; }
button.more { font: inherit; color: var(--accent); background: none; border: 1px solid var(--line); border-radius: 8px; padding: 6px 12px; cursor: pointer; }
details { margin-top: 16px; } summary { cursor: pointer; color: var(--soft); font-weight: 600; font-size: 13px; }
.off { color: var(--faint); text-decoration: line-through; }
footer { color: var(--faint); font-size: 12.5px; margin-top: 24px; overflow-wrap: anywhere; }
noscript p { padding: 16px; }
@media (max-width: 480px) {
  main { padding: 20px 12px 40px; } section { padding: 16px 14px; border-radius: 10px; }
  .scroll { margin: 12px -14px 0; padding: 0 14px; } .stats { grid-template-columns: 1fr 1fr; gap: 8px; } .stat { padding: 12px; }
  .stat .figure { font-size: 21px; } h1 { font-size: 24px; }
}
@media print { body { background: #fff; } section, .stat { break-inside: avoid; } .tools { display: none; } }
)css";
}

}  // namespace hone
