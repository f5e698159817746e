// The map of all gains: policies across, workloads down, blue where a policy is better than the baseline.
(() => {
  'use strict';

  const { axis, frame, mix, tip } = RotaCharts.tools;

  const ratio = (value) => (value < 0.0995 ? String(Number(value.toPrecision(2))) : value.toFixed(value >= 9.995 ? 1 : 2));
  const heatText = (cell) => ratio(cell.gain) + (cell.sure ? '×' : '× ?');
  const heatTip = (chart, cell) => tip(`${chart.columns[cell.x]} · ${chart.rows[cell.y]}`,
    [`${ratio(cell.gain)}×  [${ratio(cell.low)}, ${ratio(cell.high)}]`,
      cell.sure ? (cell.gain > 1 ? 'better' : 'worse') : 'cannot be told apart: the interval covers 1']);

  function heatCell(cell, span, look) {
    const strength = cell.sure ? Math.min(1, 0.22 + 0.78 * Math.abs(Math.log2(cell.gain)) / span) : 0;
    const end = cell.gain >= 1 ? look.better : look.worse;
    return {
      value: [cell.x, cell.y, cell.gain],
      itemStyle: { color: mix(look.even, end, strength), borderColor: look.paper, borderWidth: 2 },
      label: { color: cell.sure ? (strength > 0.62 ? '#ffffff' : look.ink) : look.faint, fontWeight: cell.sure ? 600 : 400 },
    };
  }

  // The room of a map's row labels, and of its column labels, which are tilted where they would not fit.
  function heatRoom(chart, width) {
    const longest = (labels) => Math.max(...labels.map((label) => label.length)) * 7.4;
    const left = Math.min(230, longest(chart.rows) + 20, width * 0.36);
    const tilted = longest(chart.columns) > (width - left) / chart.columns.length - 6;
    return { left, tilted, top: tilted ? 22 + Math.min(150, longest(chart.columns) * 0.71) : 28 };
  }

  function heat(chart, look, width) {
    const span = Math.max(1, Math.min(3, ...[Math.max(...chart.cells.map((cell) => Math.abs(Math.log2(cell.gain))))]));
    const { left, tilted, top } = heatRoom(chart, width);
    const labels = { color: look.soft, fontSize: 12.5, interval: 0, overflow: 'truncate' };
    return Object.assign(frame(look), {
      grid: { left, right: tilted ? 40 : 4, top, bottom: 4 },
      xAxis: axis(look, { type: 'category', data: chart.columns, position: 'top', splitLine: { show: false },
        axisLabel: Object.assign(tilted ? { rotate: -45, width: 200 } : { width: (width - left) / chart.columns.length - 6 }, labels) }),
      yAxis: axis(look, { type: 'category', data: chart.rows, inverse: true, splitLine: { show: false },
        axisLabel: Object.assign({ width: left - 12 }, labels) }),
      series: [{
        type: 'heatmap', data: chart.cells.map((cell) => heatCell(cell, span, look)),
        label: { show: true, fontSize: 12.5, formatter: (params) => heatText(chart.cells[params.dataIndex]) }, emphasis: { disabled: true },
        tooltip: { formatter: (params) => heatTip(chart, chart.cells[params.dataIndex]) },
      }],
      visualMap: { show: false, seriesIndex: [] },  // the cells carry their colours
    });
  }

  RotaCharts.kinds.heat = { option: heat, figures: (chart) => chart.cells.length,
    height: (chart, width) => 12 + heatRoom(chart, width).top + chart.rows.length * 34 };
})();
