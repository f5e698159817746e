// Draws the charts that the program has prepared: positions, units and sentences come with the data.
const RotaCharts = (() => {
  'use strict';

  const symbols = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin'];
  const colours = 16;
  const kinds = {};  // further kinds of chart by name: {option(chart, look, width, hidden), figures(chart), height(chart, width)}

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const get = (name) => style.getPropertyValue('--' + name).trim();
    return {
      ink: get('ink'), soft: get('soft'), faint: get('faint'), grid: get('grid'), rule: get('rule'), paper: get('paper'),
      panel: get('panel'), worse: get('worse'), even: get('even'), better: get('better'), sans: get('sans'),
      colour: (index) => get('c' + (index % colours)), cause: (key) => get(key),
    };
  }

  function number(value) {
    const size = Math.abs(value);
    if (size === 0) return '0';
    if (size >= 1e9) return trim(value / 1e9) + 'G';
    if (size >= 1e6) return trim(value / 1e6) + 'M';
    if (size >= 1e4) return trim(value / 1e3) + 'k';
    return trim(value);
  }
  const trim = (value) => String(Number(value.toPrecision(3)));
  const short = (value) => (Math.abs(value) >= 1e3 && Math.abs(value) < 1e4 && value % 1e3 === 0 ? value / 1e3 + 'k' : number(value));

  // A tooltip is made of elements, never of markup: labels are somebody's text.
  function tip(title, lines) {
    const box = document.createElement('div');
    box.className = 'tip';
    box.append(Object.assign(document.createElement('b'), { textContent: title }));
    for (const line of lines) box.append(Object.assign(document.createElement('span'), { textContent: line }));
    return box;
  }

  function frame(look) {
    return {
      animation: false,
      textStyle: { fontFamily: look.sans, color: look.soft },
      tooltip: { trigger: 'item', confine: true, backgroundColor: look.panel, borderColor: look.rule, borderWidth: 1,
        padding: [7, 11], extraCssText: 'box-shadow:0 2px 10px rgba(0,0,0,.14);border-radius:4px' },
    };
  }

  function axis(look, options) {
    return Object.assign({
      axisLine: { show: false }, axisTick: { show: false }, nameTextStyle: { color: look.soft, fontSize: 12 },
      axisLabel: { color: look.soft, fontSize: 12, hideOverlap: true }, splitLine: { lineStyle: { color: look.grid } },
      minorTick: { show: false },
    }, options);
  }

  // Ticks of a log axis: 1-2-5 steps within two and a half decades, else the decades alone.
  function ticks(low, high) {
    const steps = high / low > 300 ? [1] : [1, 2, 5], marks = [];
    for (let decade = Math.floor(Math.log10(low)); decade <= Math.log10(high); decade += 1) {
      for (const step of steps) marks.push(step * 10 ** decade);
    }
    return marks.filter((mark) => mark >= low * 0.999 && mark <= high * 1.001);
  }

  // The next of 1, 2, 5, 10 … on the outer side of all figures.
  function logRange(chart) {
    const points = chart.series.flatMap((one) => one.points), steps = [1, 2, 5, 10];
    const least = Math.min(...points.map((point) => point.low).filter((low) => low > 0));
    const most = Math.max(...points.map((point) => Math.max(point.high, chart.ideal ? point.x / chart.ideal : 0)));
    const [down, up] = [10 ** Math.floor(Math.log10(least)), 10 ** Math.floor(Math.log10(most))];
    return [down * Math.max(...steps.filter((step) => step * down <= least * 1.001)), up * Math.min(...steps.filter((step) => step * up >= most * 0.999))];
  }

  function yAxis(chart, look) {
    const range = chart.yLog ? logRange(chart) : [0, undefined];
    const marks = chart.yLog ? { customValues: ticks(...range) } : {};
    const name = chart.yName + (chart.yLog ? ' (log scale)' : '');
    return axis(look, { type: chart.yLog ? 'log' : 'value', name, nameLocation: 'end', nameGap: 14, min: range[0], max: range[1],
      nameTextStyle: { color: look.soft, fontSize: 12, align: 'left', padding: [0, 0, 0, -38] },
      axisTick: Object.assign({ show: false }, marks), axisLabel: Object.assign({ color: look.soft, fontSize: 12, formatter: short }, marks), splitNumber: 4 });
  }

  function extremes(point) {
    const all = [point.low, point.high, ...point.samples];
    return [point.x, point.y, Math.min(...all), Math.max(...all)];
  }

  function pointTip(chart, series, point, where) {
    const lines = [`${number(point.y)}  (${chart.yName})`];
    if (point.count > 1) lines.push(`${number(point.low)} – ${number(point.high)}, ${point.count} blocks`);
    if (point.samples.length > 1 && point.samples.length <= 12) lines.push('each: ' + point.samples.map(number).join(', '));
    return tip(`${series.name} · ${where}`, lines);
  }

  function whisker(x, low, high, half, stroke) {
    const style = { stroke, lineWidth: 1.3, fill: null };
    return [
      { type: 'line', shape: { x1: x, x2: x, y1: low, y2: high }, style, silent: true },
      { type: 'line', shape: { x1: x - half, x2: x + half, y1: low, y2: low }, style, silent: true },
      { type: 'line', shape: { x1: x - half, x2: x + half, y1: high, y2: high }, style, silent: true },
    ];
  }

  function dots(api, x, point, look) {
    return point.samples.slice(0, 30).map((value, index, all) => {
      const shift = (index - (all.length - 1) / 2) * Math.min(5, 16 / Math.max(1, all.length));
      const cy = api.coord([point.x, value])[1];
      return { type: 'circle', shape: { cx: x + shift, cy, r: 1.9 }, style: { fill: look.paper, stroke: look.ink, lineWidth: 0.9 }, silent: true };
    });
  }

  // Simulated bars are hatched: lines from lower left to upper right, cut at the bar's edges.
  function hatching(left, top, width, height, colour) {
    const lines = [], step = 6;
    for (let from = step; from < width + height; from += step) {
      const [x1, y1] = from < height ? [left, top + from] : [left + from - height, top + height];
      const [x2, y2] = from < width ? [left + from, top] : [left + width, top + from - width];
      lines.push({ type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colour, lineWidth: 1.8 }, silent: true });
    }
    return lines;
  }

  function bar(series, x, top, half, height, colour, look) {
    const shape = { x: x - half, y: top, width: half * 2, height: Math.max(0.5, height), r: [1.5, 1.5, 0, 0] };
    if (!series.simulated) return [{ type: 'rect', shape, style: { fill: colour } }];
    return [{ type: 'rect', shape, style: { fill: look.paper, stroke: colour, lineWidth: 1.5 } }, ...hatching(x - half, top, half * 2, height, colour)];
  }

  // A bar from zero to the median, the interval as a whisker, every repetition as a dot. On a log axis, which has no zero,
  // the bar becomes a marker.
  function drawBar(chart, series, place, count, look) {
    return (params, api) => {
      const point = series.points[params.dataIndex];
      const width = Math.min(api.size([1, 0])[0], 42 * count + 50) * 0.74 / count;
      const [centre, top] = api.coord([point.x, point.y]);
      const x = centre + (place - (count - 1) / 2) * width;
      const colour = look.colour(series.colour);
      const half = Math.min(width * 0.42, 20);
      const floor = params.coordSys.y + params.coordSys.height;
      const body = chart.yLog
        ? [{ type: 'circle', shape: { cx: x, cy: top, r: 5 }, style: series.simulated ? { fill: look.paper, stroke: colour, lineWidth: 2 } : { fill: colour } }]
        : bar(series, x, top, half, floor - top, colour, look);
      const [low, high] = [api.coord([0, point.low])[1], api.coord([0, point.high])[1]];
      const marks = point.count > 1 ? whisker(x, low, high, Math.min(5, half * 0.5), look.ink) : [];
      return { type: 'group', children: [...body, ...marks, ...(chart.yLog ? [] : dots(api, x, point, look))] };
    };
  }

  function reference(chart, look) {
    if (chart.reference === null) return undefined;
    return { silent: true, symbol: 'none', label: { show: false }, lineStyle: { color: look.ink, type: 'dashed', width: 1 },
      data: [{ yAxis: chart.reference }] };
  }

  function bars(chart, shown, look) {
    return Object.assign(frame(look), {
      grid: { left: 46, right: 8, top: 34, bottom: 28 },
      xAxis: axis(look, { type: 'category', data: chart.categories, splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: look.faint } },
        axisLabel: { color: look.soft, fontSize: 12, interval: 0, hideOverlap: true } }),
      yAxis: yAxis(chart, look),
      series: shown.map((series, place) => ({
        type: 'custom', name: series.name, data: series.points.map(extremes), encode: { x: 0, y: [1, 2, 3] }, clip: false,
        renderItem: drawBar(chart, series, place, shown.length, look), markLine: place === 0 ? reference(chart, look) : undefined,
        tooltip: { formatter: (params) => pointTip(chart, series, series.points[params.dataIndex], chart.categories[series.points[params.dataIndex].x]) },
      })),
    });
  }

  function xValueAxis(chart, look) {
    const xs = chart.series.flatMap((one) => one.points.map((point) => point.x));
    const [least, most] = [Math.min(...xs), Math.max(...xs)];
    const doubling = chart.xName === 'workers' && least > 0 && most / least >= 8;
    const log = chart.xLog || doubling;
    return axis(look, {
      type: log ? 'log' : 'value', logBase: doubling ? 2 : 10, min: least, max: most, scale: true,
      interval: !log && chart.xName === 'workers' ? 1 : undefined, splitNumber: doubling ? Math.round(Math.log2(most / least)) : 5,
      name: chart.xName + (log ? ' (log scale)' : ''), nameLocation: 'middle', nameGap: 28, axisLine: { show: true, lineStyle: { color: look.faint } },
      axisLabel: { color: look.soft, fontSize: 12, hideOverlap: true, formatter: short }, splitLine: { show: false },
    });
  }

  function lineWhiskers(series, look) {
    return {
      type: 'custom', silent: true, tooltip: { show: false }, data: series.points.map(extremes), encode: { x: 0, y: [1, 2, 3] }, clip: false, z: 1,
      renderItem: (params, api) => {
        const point = series.points[params.dataIndex];
        const x = api.coord([point.x, point.y])[0];
        const ends = [api.coord([point.x, point.low])[1], api.coord([point.x, point.high])[1]];
        return { type: 'group', children: point.count > 1 ? whisker(x, ends[0], ends[1], 4, look.colour(series.colour)) : [] };
      },
    };
  }

  // Measured lines are solid with full symbols, simulated ones dashed with hollow symbols.
  function lineStyle(series) {
    const again = series.colour >= colours;  // the palette begins anew
    return { width: 2, type: series.simulated ? (again ? [2, 3, 7, 3] : [7, 4]) : again ? 'dotted' : 'solid' };
  }

  // What a speed-up would be if every worker counted fully; cut where it would squeeze the figures.
  function ideal(chart, shown, look) {
    if (chart.ideal === null || chart.ideal === undefined) return [];
    const points = shown.flatMap((series) => series.points);
    const most = chart.yLog ? logRange(chart)[1] : Math.max(...points.map((point) => point.high)) * 1.25;
    const xs = [...new Set(points.map((point) => point.x))].sort((a, b) => a - b).filter((x) => x / chart.ideal <= most);
    return [{ type: 'line', name: 'ideal', silent: true, symbol: 'none', data: xs.map((x) => [x, x / chart.ideal]), color: look.faint,
      lineStyle: { width: 1, type: 'dotted' }, tooltip: { show: false }, endLabel: { show: true, formatter: 'ideal', color: look.soft, fontSize: 11 } }];
  }

  function lines(chart, shown, look) {
    const drawn = shown.map((series, place) => ({
      type: 'line', name: series.name, data: series.points.map((point) => [point.x, point.y]), clip: false,
      symbol: symbols[series.colour % symbols.length], symbolSize: series.simulated ? 8 : 7, color: look.colour(series.colour),
      itemStyle: series.simulated ? { color: look.paper, borderColor: look.colour(series.colour), borderWidth: 1.8 } : undefined,
      lineStyle: Object.assign({ color: look.colour(series.colour) }, lineStyle(series)), emphasis: { disabled: true }, markLine: place === 0 ? reference(chart, look) : undefined,
      tooltip: { formatter: (params) => pointTip(chart, series, series.points[params.dataIndex], series.points[params.dataIndex].where) },
    }));
    return Object.assign(frame(look), {
      grid: { left: 46, right: chart.ideal ? 44 : 18, top: 34, bottom: 46 }, xAxis: xValueAxis(chart, look), yAxis: yAxis(chart, look),
      series: [...ideal(chart, shown, look), ...shown.map((series) => lineWhiskers(series, look)), ...drawn],
    });
  }

  function mix(from, to, share) {
    const parse = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
    const [a, b] = [parse(from), parse(to)];
    return `rgb(${a.map((value, i) => Math.round(value + (b[i] - value) * share)).join(',')})`;
  }

  function option(chart, hidden, look, width) {
    if (kinds[chart.kind]) return kinds[chart.kind].option(chart, look, width, hidden);
    const shown = chart.series.filter((series) => !hidden.has(series.name));
    if (shown.length === 0) return Object.assign(frame(look), { title: { text: 'every policy is hidden', textStyle: { color: look.faint, fontSize: 13, fontWeight: 400 } } });
    return chart.kind === 'lines' ? lines(chart, shown, look) : bars(chart, shown, look);
  }

  // Draws into the element, and again when its width, the colour scheme or the hidden policies change.
  function mount(element, chart, hidden) {
    if (kinds[chart.kind]) element.style.height = kinds[chart.kind].height(chart, element.clientWidth) + 'px';
    const drawing = echarts.init(element, null, { renderer: 'svg' });
    const draw = () => drawing.setOption(option(chart, hidden, theme(), element.clientWidth), { notMerge: true });
    draw();
    new ResizeObserver(() => {
      if (element.clientWidth === drawing.getWidth()) return;
      drawing.resize();
      draw();
    }).observe(element);
    return draw;
  }

  // Every figure must have left a shape behind: axes alone are no chart.
  function isDrawn(element, chart) {
    const figures = kinds[chart.kind] ? kinds[chart.kind].figures(chart)
      : chart.series.reduce((sum, series) => sum + series.points.length, 0);
    return figures > 0 && element.querySelectorAll('svg path, svg rect, svg circle').length > figures;
  }

  return { mount, isDrawn, number, kinds, colours, tools: { axis, frame, mix, number, short, symbols, ticks, tip } };
})();
