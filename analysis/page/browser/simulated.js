// The kinds of chart that only simulated cells have: prediction against measurement, time by cause, steals between nodes.
(() => {
  'use strict';

  const { axis, frame, number, short, symbols, ticks, tip } = RotaCharts.tools;

  // Both axes have the same extent, so that the diagonal is the exact prediction.
  function extent(chart, shown) {
    const values = shown.flatMap((series) => series.points.flatMap((point) => [point.x, point.y]));
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return chart.log ? [least / 1.5, most * 1.5] : [0, most * 1.08];
  }

  function worldAxis(chart, look, name, range) {
    const unit = chart.unit ? ', ' + chart.unit : '';
    const marks = chart.log ? { customValues: ticks(...range) } : {};
    return axis(look, { type: chart.log ? 'log' : 'value', min: range[0], max: range[1], name: name + unit + (chart.log ? ' (log scale)' : ''),
      axisLine: { show: true, lineStyle: { color: look.faint } }, axisTick: Object.assign({ show: false }, marks), splitLine: { show: false },
      axisLabel: Object.assign({ color: look.soft, fontSize: 12, hideOverlap: true, formatter: short }, marks) });
  }

  function guide(look, range, factor, type, label) {
    const from = Math.max(range[0], range[0] / factor), to = Math.min(range[1], range[1] / factor);
    return { type: 'line', silent: true, symbol: 'none', data: [[from, from * factor], [to, to * factor]], z: 1, clip: true,
      lineStyle: { color: factor === 1 ? look.ink : look.faint, width: 1, type }, tooltip: { show: false }, color: look.faint,
      endLabel: { show: label !== '', formatter: label, color: look.soft, fontSize: 11, distance: 2 } };
  }

  function pairs(chart, look, width, hidden) {
    const shown = chart.series.filter((series) => !hidden.has(series.name));
    const range = extent(chart, shown.length ? shown : chart.series);
    return Object.assign(frame(look), {
      grid: { left: 58, right: 34, top: 30, bottom: 44 },
      xAxis: Object.assign(worldAxis(chart, look, 'measured', range), { nameLocation: 'middle', nameGap: 28 }),
      yAxis: Object.assign(worldAxis(chart, look, 'simulated', range), { nameLocation: 'end', nameGap: 12,
        nameTextStyle: { color: look.soft, fontSize: 12, align: 'left', padding: [0, 0, 0, -50] } }),
      series: [guide(look, range, 1, 'solid', '='), guide(look, range, 2, 'dotted', '2×'), guide(look, range, 0.5, 'dotted', '½×'),
        ...shown.map((series) => ({
          type: 'scatter', name: series.name, data: series.points.map((point) => [point.x, point.y]), z: 3, symbolSize: 10,
          symbol: symbols[series.colour % symbols.length], itemStyle: { color: look.colour(series.colour), borderColor: look.paper, borderWidth: 1 },
          tooltip: { formatter: (params) => pairTip(chart, series.points[params.dataIndex]) },
        }))],
    });
  }

  const pairTip = (chart, point) => tip(point.where, [`measured ${number(point.x)} ${chart.unit}`, `simulated ${number(point.y)} ${chart.unit}`, `error ${point.error}`]);

  function shares(chart, look) {
    return Object.assign(frame(look), {
      grid: { left: 40, right: 4, top: 10, bottom: 42 },
      xAxis: axis(look, { type: 'category', data: chart.categories, name: 'workers', nameLocation: 'middle', nameGap: 26, splitLine: { show: false },
        axisLabel: { color: look.soft, fontSize: 12, interval: 0, hideOverlap: true } }),
      yAxis: axis(look, { type: 'value', min: 0, max: 100, interval: 25, axisLabel: { color: look.soft, fontSize: 12, formatter: '{value} %' } }),
      series: chart.causes.map((cause) => ({
        type: 'bar', stack: 'time', name: cause.name, data: cause.values, barCategoryGap: '14%',
        itemStyle: { color: look.cause(cause.key), borderColor: look.paper, borderWidth: 0.7 }, emphasis: { disabled: true },
        tooltip: { formatter: (params) => tip(`${chart.title} · ${chart.categories[params.dataIndex]} workers`, [`${cause.name}: ${cause.values[params.dataIndex].toFixed(1)} %`]) },
      })),
    });
  }

  function nodeCell(cell, most, look) {
    const strength = cell.value > 0 ? 0.08 + 0.92 * Math.sqrt(cell.value / most) : 0;
    return { value: [cell.x, cell.y, cell.value],
      itemStyle: { color: RotaCharts.tools.mix(look.even, look.better, strength), borderColor: cell.x === cell.y ? look.ink : look.paper, borderWidth: cell.x === cell.y ? 1.4 : 1 },
      label: { color: strength > 0.6 ? '#ffffff' : look.ink } };
  }

  function nodes(chart, look, width) {
    const most = Math.max(...chart.cells.map((cell) => cell.value)), count = chart.columns.length;
    const name = { color: look.soft, fontSize: 12 }, labels = { color: look.soft, fontSize: 12, interval: 0 };
    const room = (width - 44) / count;
    return Object.assign(frame(look), {
      grid: { left: 40, right: 2, top: 42, bottom: 4 },
      xAxis: axis(look, { type: 'category', data: chart.columns, position: 'top', splitLine: { show: false }, name: 'stolen from node', nameLocation: 'middle', nameGap: 24, nameTextStyle: name, axisLabel: labels }),
      yAxis: axis(look, { type: 'category', data: chart.rows, inverse: true, splitLine: { show: false }, name: 'by a worker of node', nameLocation: 'middle', nameGap: 24, nameTextStyle: name, axisLabel: labels }),
      series: [{ type: 'heatmap', data: chart.cells.map((cell) => nodeCell(cell, most, look)), emphasis: { disabled: true },
        label: { show: room > 24, fontSize: room > 40 ? 12 : 10, formatter: (params) => short(chart.cells[params.dataIndex].value) },
        tooltip: { formatter: (params) => tip(`node ${chart.cells[params.dataIndex].y} from node ${chart.cells[params.dataIndex].x}`, [`${chart.cells[params.dataIndex].value} steals`]) } }],
      visualMap: { show: false, seriesIndex: [] },
    });
  }

  const count = { pairs: (chart) => chart.series.reduce((sum, series) => sum + series.points.length, 0), nodes: (chart) => chart.cells.length,
    shares: (chart) => chart.causes.reduce((sum, cause) => sum + cause.values.filter((value) => value > 0).length, 0) };
  const height = { pairs: () => 340, nodes: (chart, width) => Math.min(width, 46 + Math.max(140, chart.rows.length * 34)), shares: () => 250 };
  for (const [kind, option] of Object.entries({ pairs, shares, nodes })) {
    RotaCharts.kinds[kind] = { option, figures: count[kind], height: height[kind] };
  }
})();

// The parts of a report about simulated cells. `tools` are the page's: {make, draw(chart, wide), mount()}.
const RotaSimulated = (() => {
  'use strict';

  function errorTable(rows, make) {
    const several = new Set(rows.map((row) => row.machine)).size > 1;
    const names = ['Metric', ...(several ? ['Simulated on'] : []), 'Workers', 'Pairs', 'Median error', 'Typically off by', 'Worst', 'measured', 'simulated', 'of'];
    const heads = names.map((name, index) => make('th', index > 0 && name !== 'of' && name !== 'Simulated on' ? 'num' : '', make('span', 'plain', name)));
    const lines = rows.map((row) => make('tr', '', make('td', '', row.metric), several ? make('td', '', row.machine) : null,
      make('td', 'num', String(row.workers)), make('td', 'num', String(row.pairs)), make('td', 'num median', row.medianText), make('td', 'num', row.magnitudeText),
      make('td', 'num', row.worstText), make('td', 'num dim', row.worstReal), make('td', 'num dim', row.worstSim), make('td', 'dim', row.worstOf)));
    return make('div', 'scroll', make('table', '', make('thead', '', make('tr', '', ...heads)), make('tbody', '', ...lines)));
  }

  function prediction(run, { make, draw }) {
    if (!run.prediction) return null;
    const { text, rows, charts } = run.prediction;
    return make('section', 'prediction', make('h2', '', 'How far the prediction is from the measurement'), make('p', 'lead', text),
      charts.length ? make('div', 'charts', ...charts.map((chart) => draw(chart, false))) : null,
      rows.length ? make('p', 'sub', 'Relative error (simulated − measured) / measured of the medians: below 0 the simulated figure is too small.') : null,
      rows.length ? errorTable(rows, make) : null);
  }

  // The first group is shown; each other one is folded, and drawn when it is opened: a closed one has no width.
  function groups(charts, { make, draw, mount }) {
    const names = [...new Set(charts.map((chart) => chart.group))];
    const drawn = (name) => make('div', 'charts small', ...charts.filter((chart) => chart.group === name).map((chart) => draw(chart, false)));
    return names.map((name, index) => {
      if (index === 0) return make('div', '', names.length > 1 ? make('h3', 'group', name) : null, drawn(name));
      const fold = make('details', '', make('summary', '', name));
      fold.addEventListener('toggle', () => { fold.append(drawn(name)); mount(); }, { once: true });
      return fold;
    });
  }

  function time(run, tools) {
    if (run.time.length === 0) return null;
    const { make } = tools;
    const keys = run.time[0].causes.map((cause) => {
      const mark = make('span', 'dot');
      mark.style.setProperty('--dot', `var(--${cause.key})`);
      return make('span', 'key', mark, cause.name);
    });
    return make('section', '', make('h2', '', 'Where the time went'),
      make('p', 'lead', 'Simulated time by cause, as shares of workers × time. Declared work stands at the bottom; all above it is lost.'),
      make('p', 'keys', ...keys), ...groups(run.time, tools));
  }

  function steals(run, tools) {
    const { charts, notes } = run.steals;
    if (charts.length + notes.length === 0) return null;
    const { make } = tools;
    return make('section', '', make('h2', '', 'Steals between nodes'),
      make('p', 'lead', 'How often a worker of one node (row) took a task of another node (column), simulated, at the largest number of workers. On the framed diagonal both are on the same node.'),
      ...groups(charts, tools), ...notes.map((note) => make('p', 'sub', note)));
  }

  const sections = (run, tools) => [prediction(run, tools), time(run, tools), steals(run, tools)].filter(Boolean);

  function machineFile(machine, make) {
    const list = make('dl');
    for (const { table, source } of machine.sources) list.append(make('dt', '', table), make('dd', '', source));
    return make('details', 'machine', make('summary', '', make('b', '', machine.name), machine.summary ? ': ' + machine.summary : '', make('span', 'dim', machine.calibrated ? ' · costs calibrated' : ' · costs stated')),
      machine.sources.length ? make('div', 'facts one', list) : null, make('pre', '', machine.text));
  }

  function machines(run, make) {
    if (run.machines.length === 0) return null;
    const calibrated = run.machines.some((machine) => machine.calibrated), stated = run.machines.some((machine) => !machine.calibrated);
    const warning = stated ? 'Costs of a simulated machine are stated, not measured: they come from the sources named in its file. A figure that depends on them is as good as they are.' : '';
    const host = calibrated ? ' Those of “host” were measured, by rota calibrate, where they could be.' : '';
    return make('section', 'machines', make('h2', '', run.machines.length > 1 ? 'The simulated machines' : 'The simulated machine'), make('p', 'warning', (warning + host).trim()),
      ...run.machines.map((machine) => machineFile(machine, make)));
  }

  return { sections, machines };
})();
