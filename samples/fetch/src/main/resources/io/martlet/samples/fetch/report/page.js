'use strict';
(() => {
  // The columns of a row, as TableData writes them.
  const PLACE = 0, ORIGIN = 1, PATH = 2, STATUS = 3, BYTES = 4, START = 5, TIME = 6, TRIES = 7, TYPE = 8, MESSAGE = 9;
  const PAGE_ROWS = 100;
  const MAX_HOSTS = 500;
  const byId = id => document.getElementById(id);
  const { rows, origins } = JSON.parse(byId('data').textContent);
  const hosts = origins.map(origin => origin.replace(/^\w+:\/\//, ''));
  const outcome = row => row[TYPE] || String(row[STATUS]);
  const url = row => origins[row[ORIGIN]] + row[PATH];
  const count = number => number.toLocaleString('en');

  const sortKeys = {
    index: row => row[PLACE],
    outcome: row => (row[TYPE] ? '~' + row[TYPE] : String(row[STATUS])),
    url,
    bytes: row => row[BYTES],
    start: row => row[START],
    time: row => row[TIME],
  };
  const texts = new Array(rows.length);
  const textOf = i => (texts[i] ??= (url(rows[i]) + ' ' + outcome(rows[i]) + ' ' + (rows[i][MESSAGE] || '')).toLowerCase());
  let shown = rows.map((row, i) => i);
  let sort = { key: 'index', down: false };
  let page = 0;

  const time = micros => {
    const millis = micros / 1000;
    if (millis < 9.995) return millis.toFixed(2) + ' ms';
    if (millis < 99.95) return millis.toFixed(1) + ' ms';
    if (millis < 999.5) return millis.toFixed(0) + ' ms';
    return (millis / 1000).toFixed(millis < 9995 ? 2 : 1) + ' s';
  };

  const bytes = number => {
    let unit = -1;
    while (number >= 1024 && unit < 3) {
      number /= 1024;
      unit++;
    }
    return unit < 0 ? number + ' B' : number.toFixed(number < 99.95 ? 1 : 0) + ' ' + 'KMGT'[unit] + 'iB';
  };

  const matchesOutcome = (row, wanted) => {
    if (wanted === '') return true;
    if (wanted === 'failed') return row[TYPE] !== undefined || row[STATUS] >= 400;
    if (/^\dxx$/.test(wanted)) return row[TYPE] === undefined && String(row[STATUS])[0] === wanted[0];
    return outcome(row) === wanted;
  };

  const cell = (tag, text, style) => {
    const made = document.createElement(tag);
    made.textContent = text;
    if (style) made.className = style;
    return made;
  };

  const tableRow = row => {
    const made = document.createElement('tr');
    made.append(cell('td', row[PLACE], 'n'));
    made.append(cell('td', outcome(row), row[TYPE] || row[STATUS] >= 400 ? 'outcome bad' : 'outcome'));
    const address = cell('td', url(row), 'url');
    const tries = row[TRIES] > 1 ? row[TRIES] + ' tries. ' : '';
    if (row[MESSAGE] || tries) address.append(cell('div', tries + (row[MESSAGE] || '')));
    made.append(address, cell('td', bytes(row[BYTES]), 'n'), cell('td', time(row[START]), 'n'), cell('td', time(row[TIME]), 'n'));
    return made;
  };

  const draw = () => {
    const pages = Math.max(1, Math.ceil(shown.length / PAGE_ROWS));
    page = Math.min(page, pages - 1);
    const from = page * PAGE_ROWS;
    byId('rows').replaceChildren(...shown.slice(from, from + PAGE_ROWS).map(i => tableRow(rows[i])));
    byId('count').textContent = shown.length === rows.length
      ? count(rows.length) + ' requests'
      : count(shown.length) + ' of ' + count(rows.length) + ' requests';
    byId('page').textContent = 'Page ' + count(page + 1) + ' of ' + count(pages);
    byId('previous').disabled = page === 0;
    byId('next').disabled = page === pages - 1;
    document.querySelectorAll('[data-sort]').forEach(button => {
      const isSorted = button.dataset.sort === sort.key;
      button.parentElement.ariaSort = isSorted ? (sort.down ? 'descending' : 'ascending') : 'none';
    });
  };

  const filter = () => {
    const words = byId('text').value.toLowerCase().split(/\s+/).filter(word => word);
    const wanted = byId('outcome').value;
    const host = byId('host').value;
    shown = [];
    rows.forEach((row, i) => {
      if ((host === '' || hosts[row[ORIGIN]] === host) && matchesOutcome(row, wanted)
          && words.every(word => textOf(i).includes(word))) {
        shown.push(i);
      }
    });
    const key = sortKeys[sort.key];
    if (sort.key !== 'index' || sort.down) {
      const keys = new Map(shown.map(i => [i, key(rows[i])]));
      const direction = sort.down ? -1 : 1;
      shown.sort((a, b) => (keys.get(a) < keys.get(b) ? -direction : keys.get(a) > keys.get(b) ? direction : a - b));
    }
    page = 0;
    draw();
  };

  const choose = (select, value) => {
    if (![...select.options].some(option => option.value === value)) select.append(new Option(value, value));
    select.value = value;
  };

  const fillChoices = () => {
    const outcomes = [...new Set(rows.map(outcome))].sort();
    const classes = [...new Set(rows.filter(row => !row[TYPE]).map(row => String(row[STATUS])[0] + 'xx'))].sort();
    byId('outcome').append(new Option('all', ''), new Option('failed', 'failed'));
    [...classes, ...outcomes].forEach(each => byId('outcome').append(new Option(each, each)));
    byId('host').append(new Option('all', ''));
    [...new Set(hosts)].sort().slice(0, MAX_HOSTS).forEach(host => byId('host').append(new Option(host, host)));
  };

  const turnTo = next => {
    page = next;
    draw();
  };

  fillChoices();
  draw();
  byId('table').hidden = false;
  const form = document.querySelector('.filters');
  form.addEventListener('input', filter);
  form.addEventListener('submit', event => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(filter));
  byId('previous').addEventListener('click', () => turnTo(page - 1));
  byId('next').addEventListener('click', () => turnTo(page + 1));
  document.querySelectorAll('[data-sort]').forEach(button => button.addEventListener('click', () => {
    const key = button.dataset.sort;
    // What is largest is looked for more often.
    const isFirst = sort.key !== key;
    sort = { key, down: isFirst ? key === 'time' || key === 'bytes' : !sort.down };
    filter();
  }));
  document.querySelectorAll('a[data-host]').forEach(link => link.addEventListener('click', () => {
    form.reset();
    choose(byId('host'), link.dataset.host);
    if (link.dataset.outcome) choose(byId('outcome'), link.dataset.outcome.replace(/^HTTP /, ''));
    setTimeout(filter);
  }));
})();
