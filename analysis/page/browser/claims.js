// The section of a report that holds each claim of the definition against what was measured: a verdict as a word, a mark
// and a colour, and the figure's place beside what is claimed.
const RotaClaims = (() => {
  'use strict';

  const marks = { good: '✓', near: '≈', bad: '✗', unknown: '–' };
  const vector = Object.assign(document.createElement('template'), { innerHTML: '<svg></svg>' }).content.firstChild.namespaceURI;
  const widest = 2.7;  // factors of ten to either side that a drawing shows; what is farther off stands at its edge
  const size = { width: 190, height: 26 };

  function shape(tag, className, attributes) {
    const element = document.createElementNS(vector, tag);
    element.setAttribute('class', className);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  // From the claim's scale to the drawing: the same for every row of a table.
  function scaleOf(rows, least, most) {
    const all = rows.flatMap((row) => [row.place && row.place.low, row.place && row.place.high, row.ourPlace]).filter(Number.isFinite);
    const from = Math.max(-widest, Math.min(least, ...all) - 0.2), to = Math.min(widest, Math.max(most, ...all) + 0.2);
    const x = (place) => ((Math.min(to, Math.max(from, place)) - from) / (to - from)) * (size.width - 12) + 6;
    return { from, to, x };
  }

  // {place, text}: factors of ten on both sides of what is claimed, as far as the scale goes.
  function ticks(scale, edge, middle) {
    const all = [{ place: 0, text: middle }];
    for (let decade = 1; decade <= 3; decade += 1) {
      all.push({ place: edge + decade, text: '×' + 10 ** decade }, { place: -edge - decade, text: '÷' + 10 ** decade });
    }
    return all.filter((tick) => tick.place >= scale.from && tick.place <= scale.to);
  }

  function ground(scale, edge, middle, height) {
    const band = edge > 0 ? [-edge, edge] : [0, scale.to];
    const svg = shape('svg', 'strip', { viewBox: `0 0 ${size.width} ${height}`, width: size.width, height });
    svg.append(shape('rect', 'band', { x: scale.x(band[0]), y: 0, width: scale.x(band[1]) - scale.x(band[0]), height }));
    for (const tick of ticks(scale, edge, middle)) {
      if (edge === 0 || tick.place !== 0) svg.append(shape('line', tick.place === 0 ? 'edge' : 'tick', { x1: scale.x(tick.place), x2: scale.x(tick.place), y1: 0, y2: height }));
    }
    return svg;
  }

  function head(scale, edge, middle) {
    const svg = shape('svg', 'strip', { viewBox: `0 0 ${size.width} 18`, width: size.width, height: 18 });
    for (const tick of ticks(scale, edge, middle)) {
      const text = shape('text', 'label', { x: scale.x(tick.place), y: 13, 'text-anchor': 'middle' });
      text.textContent = tick.text;
      svg.append(text);
    }
    return svg;
  }

  function strip(row, scale, edge) {
    if (!row.place && row.ourPlace === null) return null;
    const svg = ground(scale, edge, '', size.height), y = size.height / 2;
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', `${row.word}. ${row.note}`);
    if (row.ourPlace !== null) {
      const x = scale.x(row.ourPlace);
      svg.append(shape('path', 'ours', { d: `M${x - 5.5} ${y}L${x} ${y - 5.5}L${x + 5.5} ${y}L${x} ${y + 5.5}Z` }));
    }
    if (row.place) {
      svg.append(shape('line', `interval ${row.standing}`, { x1: scale.x(row.place.low), x2: scale.x(row.place.high), y1: y, y2: y }),
        shape('circle', `figure ${row.standing}`, { cx: scale.x(row.place.middle), cy: y, r: 5 }));
    }
    return svg;
  }

  const pill = (row, make) => make('span', `verdict ${row.standing}`, make('span', 'mark', marks[row.standing]), row.word);

  function party(one, make, dot, short) {
    if (!one) return null;
    return make('span', 'party', make('span', one.text ? 'value' : 'value dim', one.text || '–'), short || !one.interval ? null : make('span', 'dim', ` ${one.interval}`),
      make('span', 'who', dot(one.colour), one.policy));
  }

  function tally(part, make) {
    const segments = part.tally.map((one) => {
      const segment = make('span', `segment ${one.standing}`, make('b', '', `${marks[one.standing]} ${one.count}`), ` ${one.word}`);
      segment.style.flexGrow = one.count;
      return segment;
    });
    return make('div', 'tally', ...segments);
  }

  function tableOf(names, rows, make) {
    const heads = names.map((name) => make('th', /^As/.test(name) && names.indexOf(name) === 2 ? 'num' : '', make('span', 'plain', name)));
    return make('div', 'scroll whole', make('table', 'claims', make('thead', '', make('tr', '', ...heads)), make('tbody', '', ...rows)));
  }

  function figureRow(row, scale, { make, dot }) {
    return make('tr', row.standing, make('td', '', pill(row, make)), make('td', 'said', row.says), make('td', 'num', row.asked),
      make('td', 'drawn', strip(row, scale, 0.5)), make('td', '', party(row.measured, make, dot)), make('td', '', party(row.ours, make, dot, true)));
  }

  function across(className, columns, text, make) {
    return Object.assign(make('td', className, text), { colSpan: columns });
  }

  // Rows under where they stand, each with its explanation below it.
  function grouped(rows, columns, draw, make) {
    return rows.flatMap((row, index) => {
      const begins = row.where !== (index === 0 ? '' : rows[index - 1].where);
      const line = draw(row);
      if (row.note) line.classList.add('explained');
      return [begins ? make('tr', 'where', across('where', columns, row.where, make)) : null, line,
        row.note ? make('tr', 'explanation', make('td'), across('note', columns - 1, row.note, make)) : null].filter(Boolean);
    });
  }

  function figures(part, tools) {
    if (part.rows.length === 0) return [];
    const { make } = tools, scale = scaleOf(part.rows, -0.9, 0.9);
    return [make('h3', 'group', 'What is stated, and what was found'), tally(part, make),
      make('p', 'sub', 'The band is what is stated, a dot what was measured of the runtime named (with its interval), a diamond Rota\u2019s policy that plays its part.'),
      tableOf(['Verdict', 'What is stated', 'As', head(scale, 0.5, 'stated'), 'Measured', 'Rota\u2019s policy'], grouped(part.rows, 6, (row) => figureRow(row, scale, tools), make), make)];
  }

  function lineRow(row, scale, { make, dot }) {
    return make('tr', row.standing, make('td', '', pill(row, make)), make('td', 'said', row.says), make('td', 'num', row.asked),
      make('td', 'drawn', strip(row, scale, 0)), make('td', 'num', row.value ? make('span', 'value', row.value.text) : '–', row.value ? make('span', 'note', row.value.interval) : null),
      make('td', '', party(row.ours, make, dot, true)), make('td', '', party(row.measured, make, dot, true)));
  }

  function lines(part, tools) {
    if (part.rows.length === 0) return [];
    const { make } = tools, scale = scaleOf(part.rows, -0.5, 1);
    return [make('h3', 'group', 'Lines, and whether they are met'), tally(part, make),
      make('p', 'sub', 'The best of those that a line asks against the best of the others, inside blocks. What lies in the shaded part is on the right side of its line.'),
      tableOf(['Verdict', 'Line', 'Asked', head(scale, 0, 'line'), 'Measured', 'Asked of', 'Against'], grouped(part.rows, 7, (row) => lineRow(row, scale, tools), make), make)];
  }

  // `tools` are the page's: {make, dot(colour)}.
  function section(run, tools) {
    if (!run.claims) return null;
    const { make } = tools;
    return make('section', 'claims', make('h2', '', 'The claims'), make('p', 'lead', run.claims.sentence), ...figures(run.claims.figures, tools), ...lines(run.claims.lines, tools));
  }

  return { section };
})();
