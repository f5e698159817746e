// Builds the report from the data on the page. Every text is set as text, never as markup: labels are somebody's input.
(() => {
  'use strict';

  const redraws = [];  // mount the charts, once they are on the page
  const mounted = [];

  function make(tag, className, ...children) {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  const words = (name) => name.replaceAll('_', ' ');

  function dot(colour, simulated) {
    const mark = make('span', simulated ? 'dot hatched' : 'dot');
    mark.style.setProperty('--dot', `var(--c${colour % RotaCharts.colours})`);
    return mark;
  }

  const badge = (text) => (text ? make('span', 'badge', text) : null);

  function date(text) {
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) return text;
    const day = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
    return `${day}, ${time.toISOString().slice(11, 16)} UTC`;
  }

  const lostCells = (run) => run.trust.discarded.reduce((sum, one) => sum + one.cells, 0);

  function header(run) {
    const used = run.cells - lostCells(run);
    return make('header', '',
      make('p', 'kicker', badge(run.prediction ? (run.prediction.measured ? 'measured and simulated' : 'simulated') : ''), make('b', '', run.experiment), ` · ${date(run.created)} · ${used} of ${run.cells} cells · ${run.provenance}`),
      make('h1', '', run.question || run.experiment),
      run.analysis ? make('p', 'expected', make('b', '', 'Expected beforehand: '), run.analysis) : null,
      trust(run));
  }

  function trust(run) {
    const item = (text, ok) => make('li', ok ? '' : 'bad', text);
    const lost = lostCells(run);
    return make('ul', 'trust', run.prediction ? item(run.prediction.text, false) : null, ...run.trust.controls.map((one) => item(one.text, one.ok)),
      run.trust.controls.length || !run.measured ? null : item('No A/A pair: this run cannot show how much of a difference is noise.', false),
      run.trust.unsteady ? item(run.trust.unsteady, false) : null,
      item(run.trust.noise.text, run.trust.noise.ok),
      item(lost ? `${lost} of ${run.cells} cells gave no figure; they are listed below.` : `All ${run.cells} cells answered correctly; nothing was discarded.`, lost === 0));
  }

  function legend(run, hidden, redraw) {
    const buttons = run.legend.map((policy) => {
      const button = make('button', '', dot(policy.colour, policy.simulated), policy.label);
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      button.title = 'show or hide in every chart';
      button.addEventListener('click', () => {
        if (!hidden.delete(policy.label)) hidden.add(policy.label);
        button.setAttribute('aria-pressed', String(!hidden.has(policy.label)));
        redraw.forEach((draw) => draw());
      });
      return button;
    });
    return make('div', 'legend', ...buttons, make('span', 'how', `median; whiskers: ${run.interval}`));
  }

  const unbroken = (sentence) => sentence.replace(/\[([^\],]*), /g, '[$1,\u00a0');  // an interval stays on one line

  function figure(chart, hidden, redraw, wide) {
    const drawing = make('div', 'draw');
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-label', `${chart.title}, ${chart.subtitle}. ${chart.answer}`);
    const scale = chart.yLog || chart.xLog || chart.log ? ' · log axis' : '';
    const how = chart.kind === 'heat' ? ' · blue: better, orange: worse; grey and ?: the interval covers 1' : '';
    const element = make('figure', wide ? 'wide' : '', make('h3', chart.simulated ? 'simulated' : '', chart.title), make('p', 'sub', chart.subtitle),
      make('p', 'answer', unbroken(chart.answer)), drawing, make('figcaption', '', chart.mark + scale + how));
    redraws.push(() => { redraw.push(RotaCharts.mount(drawing, chart, hidden)); mounted.push([drawing, chart]); });
    return element;
  }

  function charts(run) {
    const hidden = new Set(), redraw = [];
    redrawOn(redraw);
    const draw = (chart, wide) => figure(chart, hidden, redraw, wide);
    return [legend(run, hidden, redraw),
      make('div', 'charts', ...run.charts.map((chart) => draw(chart, chart.kind === 'heat' || run.charts.length === 1))),
      ...run.notes.map((note) => make('p', 'notes', note)),
      ...RotaSimulated.sections(run, { make, draw, mount: () => redraws.splice(0).forEach((mount) => mount()) })];
  }

  function redrawOn(redraw) {
    const again = () => redraw.forEach((draw) => draw());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
    matchMedia('print').addEventListener('change', again);
  }

  const columns = (run) => [
    { name: 'Workload', value: (row) => row.workload },
    { name: 'Metric', value: (row) => row.metric },
    { name: 'Policy', value: (row) => row.policy, show: (row, cell) => cell.prepend(dot(colourOf(run, row.policy), row.badge !== '')) },
    ...(run.prediction ? [{ name: 'World', value: (row) => row.badge || 'measured', show: (row, cell) => row.badge && cell.replaceChildren(badge(row.badge)) }] : []),
    { name: 'Where', value: (row) => row.workers, text: (row) => row.where },
    { name: 'Median', number: true, className: 'median', value: (row) => (row.figure ? row.figure.value : Infinity), text: (row) => (row.figure ? row.figure.text : row.gap), show: (row, cell) => row.figure || cell.classList.add('gap') },
    { name: 'Interval', number: true, className: 'dim', value: (row) => (row.figure ? row.figure.value : Infinity), text: (row) => (row.figure ? row.figure.interval : '') },
    { name: 'n', number: true, className: 'dim', value: (row) => row.count },
    { name: `× vs ${run.baseline}`, number: true, className: 'gain', value: (row) => (row.gain ? row.gain.value : 1),
      text: (row) => (row.gain ? row.gain.text : '–'), show: (row, cell) => row.sure && cell.classList.add(row.gain.value > 1 ? 'better' : 'worse') },
    { name: 'Interval', number: true, className: 'dim', value: (row) => (row.gain ? row.gain.value : 1), text: (row) => (row.gain ? row.gain.interval : '') },
    { name: 'A₁₂', number: true, className: 'dim', value: (row) => row.effect ?? 0.5, text: (row) => (row.effect === null ? '' : row.effect.toFixed(2)) },
  ];

  const colourOf = (run, label) => (run.policies.find((policy) => policy.label === label.replace(/ \(A\/A\)$/, '')) || { colour: 7 }).colour;

  function tableRow(row, shape) {
    const line = make('tr', (row.control ? 'control ' : '') + (row.best ? 'best' : ''));
    for (const column of shape) {
      const cell = make('td', (column.number ? 'num ' : '') + (column.className || ''), String(column.text ? column.text(row) : column.value(row)));
      if (column.show) column.show(row, cell);
      line.append(cell);
    }
    return line;
  }

  function order(first, second) {
    return typeof first === 'number' ? first - second : first.localeCompare(second, 'en', { numeric: true });
  }

  function sortable(run, all, shape) {
    const body = make('tbody'), heads = make('tr');
    let rows = all.slice(), filter = '';
    const fill = () => body.replaceChildren(...rows.filter((row) => `${row.workload} ${row.metric} ${row.policy} ${row.badge} ${row.where}`.toLowerCase().includes(filter)).map((row) => tableRow(row, shape)));
    shape.forEach((column) => {
      const button = make('button', '', column.name), head = make('th', column.number ? 'num' : '', button);
      head.scope = 'col';
      button.type = 'button';
      button.addEventListener('click', () => {
        const up = head.getAttribute('aria-sort') !== 'ascending';
        heads.querySelectorAll('th').forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        rows = all.slice().sort((a, b) => (up ? 1 : -1) * order(column.value(a), column.value(b)));
        fill();
      });
      heads.append(head);
    });
    const input = make('input');
    Object.assign(input, { type: 'search', placeholder: 'filter: workload, policy, metric', ariaLabel: 'filter the table' });
    input.addEventListener('input', () => { filter = input.value.toLowerCase(); fill(); });
    fill();
    return [make('div', 'tools', input, make('span', '', 'Bold: the best of its workload, metric and place. Click a heading to sort.')),
      make('div', 'scroll', make('table', '', make('thead', '', heads), body))];
  }

  const table = (run) => make('section', '', make('h2', '', 'Every figure'), ...sortable(run, run.table, columns(run)));

  // Folded, for it is long and not what the run was made to find.
  function account(run) {
    if (run.account.length === 0) return null;
    const shape = columns(run).filter((column) => column.value(run.account[0]) !== undefined && !/^(×|A₁₂)/.test(column.name));
    return make('section', 'account', make('h2', '', 'What the simulator counted'), make('p', 'sub', 'Summed over the workers, for the measured iterations: where time went (ns of simulated time), steals on one node and between nodes, accesses to shared memory.'),
      make('details', '', make('summary', '', `${run.account.length} figures`), ...sortable(run, run.account, shape.filter((column, index) => shape.findIndex((other) => other.name === column.name) === index))));
  }

  function discarded(run) {
    const lost = run.trust.discarded;
    if (lost.length === 0) return null;
    const heads = make('tr', '', ...['Cell', 'What', 'Outcome', 'Why'].map((name) => make('th', '', make('button', '', name))));
    const rows = lost.map((one) => make('tr', '', make('td', '', one.cell), make('td', '', one.what), make('td', '', one.outcome), make('td', 'why', one.detail)));
    return make('section', '', make('h2', '', 'Discarded'),
      make('div', 'scroll', make('table', '', make('thead', '', heads), make('tbody', '', ...rows))));
  }

  function factList(title, facts) {
    const list = make('dl');
    for (const fact of facts.filter((one) => one.value !== '')) {
      list.append(make('dt', '', words(fact.name)), make('dd', fact.value.length > 38 ? 'long' : '', fact.value));
    }
    return make('div', '', make('h3', '', title), list);
  }

  function machine(run) {
    const host = run.facts.filter((fact) => fact.group === 'host');
    const rest = run.facts.filter((fact) => fact.group !== 'host' && fact.name !== 'format');
    return make('section', '', make('h2', '', 'Where and with what'), make('div', 'facts', factList(run.measured ? 'The machine' : 'The machine that simulated', host), factList('The run and the program', rest)));
  }

  function configText(choice) {
    const settings = Object.entries(choice.config).map(([key, value]) => `${key} = ${typeof value === 'string' ? value : JSON.stringify(value)}`);
    return choice.use + (settings.length ? ': ' + settings.join(', ') : '');
  }

  function choices(run) {
    const peer = (one) => run.peers.find((other) => one.use === `peer:${other.name}`);
    const facts = (list) => list.map((one) => ({ name: one.label.replaceAll('_', ' '), value: (peer(one) ? `${peer(one).title} ${peer(one).version}` : configText(one)) + (one.allocator ? `, ${one.allocator}` : '') }));
    return make('section', '', make('h2', '', 'What was compared'), make('div', 'facts', factList('Policies', facts(run.policies)), factList('Workloads', facts(run.workloads))));
  }

  // The runtimes of others: which program of which version it was, or why there was none.
  function peers(run) {
    if (run.peers.length === 0) return null;
    const heads = ['Peer', 'Version', 'Built by', 'Program', 'Packages'].map((name) => make('th', '', make('span', 'plain', name)));
    const rows = run.peers.map((peer) => make('tr', '', make('td', '', make('b', '', peer.name), ` ${peer.title}`), make('td', peer.missing ? 'gap' : '', peer.missing ? `missing: ${peer.missing}` : peer.version),
      make('td', '', peer.compiler), make('td', 'dim', peer.sha256.slice(0, 12)), make('td', 'why', peer.packages)));
    return make('section', 'peers', make('h2', '', 'The runtimes of others'), make('div', 'scroll', make('table', '', make('thead', '', make('tr', '', ...heads)), make('tbody', '', ...rows))));
  }

  function methods(run) {
    const text = (title, rest) => make('p', '', make('b', '', title + ' '), rest);
    return make('section', '', make('h2', '', 'How this was measured'), make('div', 'prose',
      run.prediction ? text('Simulated figures.', 'The same programs ran on a simulated machine, whose clock advances by the costs in its file: nothing in them was timed. They are dashed, hatched or badged “sim” everywhere. A repetition is another seed, so intervals tell of the seeds, not of a host; of the costs\u2019 own error they say nothing.') : null,
      text('One process per figure.', 'Every cell (a policy, a workload, a number of workers) ran in a process of its own, once per block; inside a block the order was shuffled by a recorded seed, so that a drift of the host meets all policies alike.'),
      text('Median and interval.', `A figure is the median over processes of what each process found; its interval here: ${run.interval}. From six repetitions on it is the 95 % percentile bootstrap interval.`),
      text('Ratios inside blocks.', `“× vs ${run.baseline}” divides two cells of the same block, and takes the median over blocks. Above 1 is better, whether less or more of the metric is better. A difference counts as clear only if the interval leaves 1 out. Families of comparisons are not corrected: of many clear differences a few may be luck.`),
      text('A₁₂', '(Vargha and Delaney) is the probability that one repetition of this policy beats one of the baseline; 0.5 means no effect.'),
      text('A/A pair.', 'One cell runs under two labels; its ratio must cover 1, or differences of that size mean nothing.'),
      text('Answers are checked.', 'A cell with a wrong answer, a crash or a time-out gives no figure and is listed above. Tracing is off while figures are taken.')));
  }

  function download(name, type, text) {
    const link = make('a', '', name);
    link.download = name;
    link.href = URL.createObjectURL(new Blob([text], { type }));
    return link;
  }

  function downloads(run) {
    return make('section', 'downloads-section', make('h2', '', 'Data'), make('p', 'downloads',
      download(`${run.folder}.csv`, 'text/csv', run.csv),
      download(`${run.folder}-figures.json`, 'application/json', JSON.stringify(run.table, null, 1))));
  }

  function section(run, index) {
    const element = make('article', 'run', header(run), RotaClaims.section(run, { make, dot }), ...charts(run), table(run), account(run), discarded(run), choices(run), peers(run), RotaSimulated.machines(run, make), machine(run), methods(run), downloads(run));
    element.id = 'run-' + (index + 1);
    return element;
  }

  function contents(runs) {
    if (runs.length < 2) return null;
    return make('nav', 'contents', ...runs.map((run, index) => Object.assign(make('a', '', `${run.experiment} (${run.folder})`), { href: '#run-' + (index + 1) })));
  }

  const runs = JSON.parse(document.getElementById('data').textContent);
  document.getElementById('report').append(...[contents(runs), ...runs.map(section),
    make('footer', '', 'Made by Rota. Charts: Apache ECharts. This page holds all of its data and fetches nothing.')].filter(Boolean));
  redraws.splice(0).forEach((mount) => mount());
  document.body.dataset.charts = `${mounted.filter(([drawing, chart]) => RotaCharts.isDrawn(drawing, chart)).length}/${document.querySelectorAll('.draw').length}`;
})();
