"use strict";
// Draws report.json (docs/report.md), which the page holds. What comes from data becomes text nodes
// and numbers only, never markup.
(() => {
  const report = JSON.parse(document.getElementById("data").textContent);
  const { locale, currency, timeZone, title } = report.settings;
  const DAY = 86_400_000;
  const NONE = "–";
  const OTHERS = "all others";

  // ---- Days, which are numbers since the epoch here

  const dayOf = (iso) => Date.parse(iso + "T00:00:00Z") / DAY;
  const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const first = dayOf(report.first);
  const last = dayOf(report.to);

  // ---- Tables

  const tables = new Map(report.tables.map((table) => [table.name, table]));

  /** A table's rows as objects, with the day as a number. */
  const cache = new Map();
  function rowsOf(name) {
    if (!cache.has(name)) {
      const table = tables.get(name);
      const names = table ? table.columns.map((column) => column.name) : [];
      cache.set(name, (table ? table.rows : []).map((values) => {
        const row = {};
        names.forEach((column, i) => { row[column] = values[i]; });
        if (names[0] === "day") {
          row.day = dayOf(row.day);
        }
        return row;
      }));
    }
    return cache.get(name);
  }

  const has = (name) => tables.has(name) && tables.get(name).rows.length > 0;
  const within = (name, from, to) => rowsOf(name).filter((row) => row.day >= from && row.day <= to);
  const columnText = (table, column) => tables.get(table).columns.find((one) => one.name === column).text;
  // Sums of decimals are rounded to what decimals have, since floating-point numbers do not.
  const sum = (rows, column) =>
    Math.round(rows.reduce((total, row) => total + (row[column] || 0), 0) * 10_000) / 10_000;

  function groupBy(rows, key) {
    const groups = new Map();
    for (const row of rows) {
      const value = key(row);
      if (!groups.has(value)) {
        groups.set(value, []);
      }
      groups.get(value).push(row);
    }
    return groups;
  }

  // ---- How values are written

  const numbers = (options) => {
    const format = new Intl.NumberFormat(locale, { signDisplay: "negative", ...options });
    return (value) => format.format(value);
  };
  const days = (options) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
    return (day) => format.format(new Date(day * DAY));
  };
  const currencyStyle = currency ? { style: "currency", currency } : {};
  const count = numbers({ maximumFractionDigits: 0 });
  const decimal = numbers({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const compact = numbers({ notation: "compact", maximumFractionDigits: 1 });
  const percent = numbers({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const fullDay = days({ day: "numeric", month: "short", year: "numeric" });
  const shortDay = days({ day: "numeric", month: "short" });
  const monthName = days({ month: "short", year: "numeric" });
  const instant = new Intl.DateTimeFormat(locale, {
    timeZone, dateStyle: "medium", timeStyle: "short"
  });
  const significant = numbers({ maximumSignificantDigits: 6 });

  function duration(seconds) {
    const whole = Math.round(seconds);
    if (whole < 60) {
      return decimal(seconds) + " s";
    }
    return whole < 3600
      ? Math.floor(whole / 60) + " min " + (whole % 60) + " s"
      : count(Math.floor(whole / 3600)) + " h " + Math.floor((whole % 3600) / 60) + " min";
  }

  /** What precedes a change, by what is written of it. */
  const sign = (value) => ({ 1: "▲ +", [-1]: "▼ " })[Math.sign(Math.round(value * 1000))] ?? "";

  const FORMATS = {
    text: String,
    day: (value) => (typeof value === "number" ? fullDay(value) : fullDay(dayOf(value))),
    month: (value) => monthName(value),
    time: (value) => instant.format(new Date(value)),
    count,
    money: numbers(currency ? currencyStyle : { minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    number: significant,
    exact: numbers({ maximumFractionDigits: 4 }),
    average: decimal,
    share: percent,
    seconds: duration,
    flag: (value) => (value ? "yes" : "no"),
    change: (value) => sign(value) + percent(value)
  };
  const write = (kind, value) =>
    value === null || value === undefined || Number.isNaN(value) ? NONE : FORMATS[kind](value);
  const isNumber = (kind) => !["text", "day", "time", "flag", "month"].includes(kind);
  const label = (name) => {
    const words = name.replace(/_id$/, "").replaceAll("_", " ");
    return words.charAt(0).toUpperCase() + words.slice(1);
  };

  // ---- Elements

  /** An element; children are elements, or texts that become text nodes. */
  function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) {
        element.addEventListener(name.slice(2), value);
      } else if (value !== null && value !== undefined && value !== false) {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
    return element;
  }

  function s(tag, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) {
      element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  }

  function select(text, options, value, changed) {
    const control = h("select", { onchange: () => changed(control.value) },
      options.map(([key, name]) => h("option", { value: key, selected: key === value }, name)));
    return h("label", { class: "choice" }, text + " ", control);
  }

  const definition = (name, text) =>
    h("details", { class: "definition" }, h("summary", { "aria-label": "What " + name + " means" }, "?"),
      h("p", {}, text));

  // ---- What the reader has chosen

  const state = {
    from: dayOf(report.opensAt), to: last, grain: "day", theme: "auto",
    measures: {}, sorts: {}, filters: {}, path: []
  };
  const length = () => state.to - state.from + 1;
  const before = () => [state.from - length(), state.from - 1];
  const rangeText = (from, to) => fullDay(from) + " – " + fullDay(to);

  // ---- Figures: a sum of a table's column over days, or of one over that of another

  const FIGURES = {
    revenue: { label: "Revenue", kind: "money", table: "sales", of: "revenue" },
    gross_revenue: { label: "Gross revenue", kind: "money", table: "sales", of: "gross_revenue" },
    orders: { label: "Orders", kind: "count", table: "sales", of: "orders" },
    order_value: {
      label: "Average order value", kind: "money", table: "sales", of: "gross_revenue", per: "orders",
      text: "Gross revenue of all days / orders of all days."
    },
    units_sold: { label: "Units sold", kind: "count", table: "sales", of: "units_sold" },
    return_rate: {
      label: "Return rate", kind: "share", table: "sales", of: "units_returned", per: "units_sold",
      text: "Units returned in these days / units sold in these days, whenever the returned ones were sold."
    },
    sessions: { label: "Sessions", kind: "count", table: "sessions", of: "sessions" },
    conversion: {
      label: "Conversion", kind: "share", table: "sessions", of: "sessions_with_purchase", per: "sessions",
      text: "Sessions with a purchase of quantity > 0 / sessions."
    },
    bounce_rate: {
      label: "Bounce rate", kind: "share", table: "sessions", of: "bounces", per: "sessions",
      text: "Sessions of one event / sessions."
    },
    duration: {
      label: "Mean duration", kind: "seconds", table: "sessions", of: "duration_seconds", per: "sessions",
      text: "Time from the first event of a session to its last, on average. Medians of days are in the table: they cannot be added up."
    },
    visitors: {
      label: "Visitors a day", kind: "average", table: "daily_summary", of: "visitors", per: "days",
      text: "Distinct visitors of a day, on average over the days; who comes on two days counts on both."
    },
    new_customers: { label: "New customers", kind: "count", table: "daily_summary", of: "new_customers" },
    abandonment: {
      label: "Abandonment rate", kind: "share", table: "cart_abandonment", of: "sessions_abandoned",
      per: "sessions_with_cart",
      text: "Sessions that left something in the cart and bought nothing / sessions with a cart."
    },
    abandoned_value: {
      label: "Abandoned value", kind: "money", table: "cart_abandonment", of: "abandoned_value"
    },
    events: { label: "Events", kind: "count", table: "events", of: "events" },
    duplicates: { label: "Duplicates dropped", kind: "count", table: "events", of: "duplicates" }
  };
  const meaning = (figure) => figure.text || columnText(figure.table, figure.of);

  function valueOf(figure, rows) {
    if (rows.length === 0) {
      return null;
    }
    if (!figure.per) {
      return sum(rows, figure.of);
    }
    const whole = figure.per === "days" ? rows.length : sum(rows, figure.per);
    return whole === 0 ? null : sum(rows, figure.of) / whole;
  }

  /** Change against a value before: of shares the difference, else what it grew by. */
  function change(kind, now, then) {
    if (now === null || then === null || now === undefined || then === undefined) {
      return null;
    }
    return kind === "share" ? now - then : then === 0 ? null : (now - then) / Math.abs(then);
  }

  function changeText(kind, difference) {
    if (kind !== "share") {
      return write("change", difference);
    }
    return sign(difference) + decimal(Math.round(1000 * difference) / 10) + " points";
  }

  /** What sums of some days before are multiplied by to be compared; null if too few have data. */
  function scaleOf(daysNow, daysBefore) {
    return daysNow === 0 || daysBefore < 0.75 * daysNow ? null : daysNow / daysBefore;
  }

  function tile(figure) {
    const rows = within(figure.table, state.from, state.to);
    const [from, to] = before();
    const earlier = within(figure.table, from, to);
    const now = valueOf(figure, rows);
    const then = valueOf(figure, earlier);
    const scale = scaleOf(rows.length, earlier.length);
    // Where not all days have data, sums are compared by day.
    const isByDay = scale !== 1 && !figure.per;
    const [one, other] = isByDay ? [now / rows.length, then / earlier.length] : [now, then];
    const difference = scale === null ? null : change(figure.kind, one, other);
    const unit = isByDay ? " a day" : "";
    const earlierText = write(isByDay && figure.kind === "count" ? "average" : figure.kind, other) + unit;
    let comparison = "no days before to compare with";
    if (difference !== null) {
      comparison = changeText(figure.kind, difference) + unit + " against " + earlierText;
    } else if (scale !== null) {
      comparison = "before: " + earlierText;
    } else if (earlier.length > 0) {
      comparison = "not compared: " + count(earlier.length) + " of the " + count(length()) + " days before have data";
    }
    return h("div", { class: "tile" },
      h("dt", {}, figure.label),
      h("dd", { class: "value" }, write(figure.kind, now)),
      h("dd", { class: "detail" }, comparison),
      rows.length > 0 && rows.length < length()
        ? h("dd", { class: "detail" }, count(rows.length) + " of " + count(length()) + " days have data") : null,
      h("dd", {}, definition(figure.label, meaning(figure))));
  }

  function tiles(names) {
    const shown = names.map((name) => FIGURES[name]).filter((figure) => has(figure.table));
    return shown.length === 0 ? h("p", { class: "empty" }, "No figures.") : h("dl", { class: "tiles" }, shown.map(tile));
  }

  // ---- Tables to sort, filter and save

  /** A field of a CSV file: quoted where needed, and no spreadsheet takes it for a formula. */
  function csvField(value) {
    if (value === null || value === undefined) {
      return "";
    }
    if (typeof value === "number" || typeof value === "boolean") {
      return String(value);
    }
    const text = /^[=+\-@\t\r]/.test(value) ? "'" + value : value;
    return /[",\n\r]/.test(text) || text === "" ? '"' + text.replaceAll('"', '""') + '"' : text;
  }

  function saveCsv(name, columns, rows) {
    const lines = [columns.map((column) => column.name), ...rows.map((row) => columns.map((column) => {
      const value = row[column.name];
      return (column.kind === "day" || column.kind === "month") && typeof value === "number" ? isoOf(value) : value;
    }))];
    const text = lines.map((line) => line.map(csvField).join(",") + "\n").join("");
    const link = h("a", { download: name + ".csv", href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return text;
  }

  function compare(one, other) {
    const isNone = (value) => value === null || value === undefined;
    if (isNone(one) || isNone(other)) {
      return isNone(one) - isNone(other);
    }
    return typeof one === "string" ? one.localeCompare(other, locale) : one - other;
  }

  const MOST_SHOWN = 100;

  /**
   * A table. Columns have name, kind and perhaps label, text (what it means), bar (a value that it is
   * drawn as a part of) and press (what a click on a value does).
   */
  function table({ name, caption, columns, rows, sort = null, isFiltered = true, note = null }) {
    const host = h("div", { class: "data", id: "table-" + name });
    let isAll = false;
    state.sorts[name] ??= sort;
    const press = (column) => {
      const [current, isDown] = state.sorts[name] || [];
      state.sorts[name] = [column.name, current === column.name ? !isDown : isNumber(column.kind)];
      fill();
      host.querySelector('[data-column="' + column.name + '"]').focus();
    };
    const head = (column) => {
      const [current, isDown] = state.sorts[name] || [];
      const isSorted = current === column.name;
      return h("th", {
        scope: "col", class: isNumber(column.kind) ? "number" : "text",
        "aria-sort": isSorted ? (isDown ? "descending" : "ascending") : null
      }, h("button", { type: "button", class: "sort", "data-column": column.name, onclick: () => press(column) },
        column.label || label(column.name), h("span", { "aria-hidden": "true" }, isSorted ? (isDown ? " ↓" : " ↑") : "")));
    };
    const cell = (column, row, index) => {
      const value = row[column.name];
      const isOther = (value === null || value === undefined) && column.others;
      const text = isOther ? OTHERS : column.kind === "change" || column.kind === "points"
        ? (value === null || value === undefined ? NONE : changeText(column.kind === "points" ? "share" : "count", value))
        : write(column.kind, value);
      const inside = column.press && !isOther && column.press(row)
        ? h("button", { type: "button", class: "drill", onclick: column.press(row) }, text) : text;
      const element = h(index === 0 ? "th" : "td",
        { class: (isNumber(column.kind) ? "number" : "text") + (column.bar ? " bar" : ""), scope: index === 0 ? "row" : null }, inside);
      if (column.bar) {
        element.style.setProperty("--part", Math.max(0, Math.min(100, (100 * (value || 0)) / column.bar)) + "%");
      }
      return element;
    };
    const filtered = () => {
      const wanted = (state.filters[name] || "").toLowerCase();
      const kept = wanted === "" ? [...rows] : rows.filter((row) => columns.some((column) =>
        column.kind === "text" && String(row[column.name] ?? OTHERS).toLowerCase().includes(wanted)));
      const [by, isDown] = state.sorts[name] || [];
      if (by) {
        const isOther = (row) => columns[0].others && (row[columns[0].name] ?? null) === null;
        kept.sort((one, other) => {
          if (isOther(one) || isOther(other)) {
            return isOther(one) - isOther(other);
          }
          const a = one[by] ?? null;
          const b = other[by] ?? null;
          return a === null || b === null ? compare(a, b) : (isDown ? -1 : 1) * compare(a, b);
        });
      }
      return kept;
    };
    const body = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption });
    const shown = h("p", { class: "shown", role: "status" });
    function fill() {
      const kept = filtered();
      const part = isAll ? kept : kept.slice(0, MOST_SHOWN);
      body.replaceChildren(h("table", {}, h("caption", {}, caption), h("thead", {}, h("tr", {}, columns.map(head))),
        h("tbody", {}, part.map((row) => h("tr", {}, columns.map((column, i) => cell(column, row, i)))))));
      shown.replaceChildren(count(part.length) + " of " + count(rows.length) + " rows");
      if (part.length < kept.length) {
        shown.append(" ", h("button", { type: "button", onclick: () => { isAll = true; fill(); } }, "Show all"));
      }
    }
    const filter = h("input", {
      type: "search", value: state.filters[name] || "",
      oninput: () => { state.filters[name] = filter.value; fill(); }
    });
    host.append(
      h("div", { class: "tools" },
        isFiltered && rows.length > 5 ? h("label", {}, "Filter ", filter) : null,
        shown,
        h("button", { type: "button", class: "csv", "aria-label": "CSV of " + caption, onclick: () => saveCsv(name, columns, filtered()) }, "CSV")),
      body,
      columns.some((column) => column.text) || note
        ? h("details", {}, h("summary", {}, "What this table means"), note ? h("p", {}, note) : null,
          h("dl", { class: "meanings" }, columns.filter((column) => column.text).map((column) =>
            [h("dt", {}, column.label || label(column.name)), h("dd", {}, column.text)]))) : "");
    fill();
    return host;
  }

  /** A table as report.json has it, of the days shown if it has days. */
  function plainTable(name, caption, sort = null) {
    const source = tables.get(name);
    const isByDay = source.columns[0].name === "day";
    return table({
      name, caption, columns: source.columns, note: source.text, sort,
      rows: isByDay ? within(name, state.from, state.to) : rowsOf(name)
    });
  }

  const folded = (text, make) => {
    const details = h("details", { class: "folded" }, h("summary", {}, text));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) {
        details.append(make());
      }
    });
    return details;
  };

  // ---- Charts

  const HEIGHT = 240;
  const MARGIN = { left: 62, right: 14, top: 12, bottom: 26 };
  const FEWEST_FOR_A_LINE = 7;

  function steps(highest, lowest) {
    const span = highest - lowest || 1;
    const rough = span / 4;
    const power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough);
    const ticks = [];
    for (let i = Math.floor(lowest / step); i * step < highest + step * 0.999; i++) {
      ticks.push(i * step);
    }
    return ticks;
  }

  /**
   * A chart over labels: each series has name, values (null is a gap), className and isLine. Its
   * values are read out below by pointer and arrow keys.
   */
  function chart({ name, kind, labels, longLabels, series, isPale = () => false }) {
    const readout = h("p", { class: "readout", "aria-live": "polite" });
    const drawn = series.filter((one) => one.values.some((value) => value !== null));
    const plot = h("div", {
      class: "plot", tabindex: "0", role: "group", "aria-label": name + ". Arrow keys read its values."
    });
    const figure = h("figure", {}, plot, h("p", { class: "legend" }, drawn.length > 1
      ? drawn.map((one) => h("span", { class: "key " + one.className }, one.name)) : null), readout);
    if (drawn.length === 0) {
      return h("p", { class: "empty" }, name + ": no data in these days.");
    }
    const tick = kind === "share" ? (value) => numbers({ style: "percent", maximumFractionDigits: 1 })(value)
      : kind === "seconds" ? (value) => decimal(value / 60) + " min" : compact;
    let at = -1;
    let cursor = null;
    let place = () => 0;
    const read = (index) => {
      at = Math.max(0, Math.min(labels.length - 1, index));
      readout.textContent = longLabels[at] + ": "
        + drawn.map((one) => one.name + " " + write(kind, one.values[at])).join(", ");
      cursor.setAttribute("x1", place(at));
      cursor.setAttribute("x2", place(at));
      cursor.setAttribute("class", "cursor");
    };
    function draw() {
      const width = Math.max(260, plot.clientWidth || 600);
      const all = drawn.flatMap((one) => one.values).filter((value) => value !== null);
      const ticks = steps(Math.max(0, ...all), Math.min(0, ...all));
      const lowest = ticks[0];
      const highest = Math.max(ticks[ticks.length - 1], lowest + 1e-9);
      const slot = (width - MARGIN.left - MARGIN.right) / labels.length;
      const y = (value) => MARGIN.top + (HEIGHT - MARGIN.top - MARGIN.bottom) * (1 - (value - lowest) / (highest - lowest));
      place = (index) => MARGIN.left + slot * (index + 0.5);
      const values = drawn[0].values.filter((value) => value !== null);
      const svg = s("svg", {
        viewBox: "0 0 " + width + " " + HEIGHT, height: HEIGHT, role: "img",
        "aria-label": name + ", " + count(labels.length) + " values from " + longLabels[0] + " to "
          + longLabels[labels.length - 1] + ": lowest " + write(kind, Math.min(...values)) + ", highest " + write(kind, Math.max(...values))
      });
      for (const value of ticks) {
        const text = s("text", { x: MARGIN.left - 8, y: y(value) + 4, class: "axis end" }, tick(value));
        svg.append(s("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: y(value), y2: y(value), class: "grid" }), text);
      }
      const every = Math.max(1, Math.ceil(70 / slot));
      labels.forEach((text, index) => {
        if (index % every === 0) {
          svg.append(s("text", { x: place(index), y: HEIGHT - 8, class: "axis middle" }, text));
        }
      });
      for (const one of [...drawn].reverse()) {
        svg.append(one.isLine ? lines(one, y) : bars(one, y, slot));
      }
      cursor = s("line", { x1: 0, x2: 0, y1: MARGIN.top, y2: HEIGHT - MARGIN.bottom, class: "cursor hidden" });
      svg.append(cursor);
      plot.replaceChildren(svg);
    }
    function bars(one, y, slot) {
      const group = s("g", { class: one.className });
      const thickness = Math.max(1, Math.min(36, slot * 0.8));
      one.values.forEach((value, index) => {
        if (value !== null) {
          group.append(s("rect", {
            x: place(index) - thickness / 2, width: thickness, y: Math.min(y(value), y(0)),
            height: Math.abs(y(value) - y(0)), class: isPale(index) ? "pale" : ""
          }));
        }
      });
      return group;
    }
    function lines(one, y) {
      const group = s("g", { class: one.className });
      let points = [];
      const end = () => {
        if (points.length === 1) {
          group.append(s("circle", { cx: points[0][0], cy: points[0][1], r: 3 }));
        } else if (points.length > 1) {
          group.append(s("polyline", { points: points.map((point) => point.join(",")).join(" ") }));
        }
        points = [];
      };
      one.values.forEach((value, index) => (value === null ? end() : points.push([place(index), y(value)])));
      end();
      return group;
    }
    plot.addEventListener("keydown", (event) => {
      const move = { ArrowLeft: -1, ArrowRight: 1, Home: -labels.length, End: labels.length }[event.key];
      if (move) {
        event.preventDefault();
        read(at + move);
      }
    });
    plot.addEventListener("pointermove", (event) => {
      const box = plot.getBoundingClientRect();
      const slot = (box.width - MARGIN.left - MARGIN.right) / labels.length;
      read(Math.floor((event.clientX - box.left - MARGIN.left) / slot));
    });
    // Its width is known once it is on the page.
    redraws.push(draw);
    return figure;
  }
  let redraws = [];

  /** The periods of the granularity between two days: first and last day, cut at the range. */
  function periods(from, to) {
    const found = [];
    for (let day = from; day <= to;) {
      const date = new Date(day * DAY);
      let next = day + 1;
      if (state.grain === "week") {
        next = day + 7 - ((date.getUTCDay() + 6) % 7);
      } else if (state.grain === "month") {
        next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY;
      }
      const begin = state.grain === "week" ? next - 7
        : state.grain === "month" ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY : day;
      found.push({ from: day, to: Math.min(to, next - 1), isWhole: begin === day && next - 1 <= to });
      day = next;
    }
    return found;
  }

  function series(figure, of) {
    const byDay = new Map(rowsOf(figure.table).map((row) => [row.day, row]));
    return of.map(({ from, to }) => {
      const rows = [];
      for (let day = from; day <= to; day++) {
        if (byDay.has(day)) {
          rows.push(byDay.get(day));
        }
      }
      return valueOf(figure, rows);
    });
  }

  /** The average of seven days that end with each day; null unless all have data. */
  function averages(figure, of) {
    const byDay = new Map(rowsOf(figure.table).map((row) => [row.day, row[figure.of]]));
    return of.map(({ from }) => {
      const values = Array.from({ length: 7 }, (unused, i) => byDay.get(from - i));
      return values.includes(undefined) ? null : values.reduce((one, other) => one + other, 0) / 7;
    });
  }

  function trend(column, of) {
    const byDay = new Map(rowsOf("sales_trend").map((row) => [row.day, row[column]]));
    return of.map(({ from }) => byDay.get(from) ?? null);
  }

  function lengthOfPeriods(of) {
    return of.length >= FEWEST_FOR_A_LINE;
  }

  /** A figure over time, beside that of the period before. */
  function timeChart(id, names) {
    const shown = names.filter((name) => has(FIGURES[name].table));
    const host = h("div", { class: "time" });
    const fill = () => {
      const name = state.measures[id] ?? shown[0];
      const figure = FIGURES[name];
      const of = periods(state.from, state.to);
      const earlier = periods(...before()).slice(0, of.length);
      const isLine = lengthOfPeriods(of);
      const mature = new Map(rowsOf(figure.table).map((row) => [row.day, row.mature !== false]));
      const drawn = [{ name: figure.label, values: series(figure, of), className: "now", isLine }];
      if (state.grain === "day" && (name === "revenue" || name === "orders")) {
        const hasTrend = has("sales_trend");
        drawn.push({
          name: "7-day average", className: "average", isLine: true,
          values: hasTrend ? trend(name + "_average_7d", of) : averages(figure, of)
        });
        if (hasTrend) {
          drawn.push({ name: "28-day average", className: "long-average", isLine: true, values: trend(name + "_average_28d", of) });
        }
      }
      const then = series(figure, earlier);
      if (then.length > 1) {
        while (then.length < of.length) {
          then.push(null);
        }
        drawn.push({ name: "the period before", className: "before", isLine: true, values: then });
      }
      const part = of.map((one) => !one.isWhole || mature.get(one.to) === false);
      host.replaceChildren(
        h("h3", { class: "with-definition" }, figure.label + " by " + state.grain),
        definition(figure.label, meaning(figure)),
        shown.length > 1 ? select("Figure", shown.map((one) => [one, FIGURES[one].label]), name, (value) => {
          state.measures[id] = value;
          fill();
          redraw();
          host.querySelector("select").focus();
        }) : "",
        chart({
          name: figure.label + " by " + state.grain, kind: figure.kind, series: drawn,
          labels: of.map(({ from }) => (state.grain === "month" ? monthName(from) : shortDay(from))),
          longLabels: of.map(({ from, to }) => (from === to ? fullDay(from) : rangeText(from, to))),
          isPale: (index) => part[index]
        }),
        part.includes(true) ? h("p", { class: "note" },
          (of.some((one) => !one.isWhole) ? "The first or last " + state.grain + " is cut at the range. " : "")
          + (of.some((one) => mature.get(one.to) === false) ? "The newest days can still change." : "")) : "");
    };
    fill();
    return host;
  }

  // ---- Sums by value, now and before

  function byValue(name, value, measures, filter = () => true) {
    const [from, to] = before();
    const now = groupBy(within(name, state.from, state.to).filter(filter), (row) => row[value]);
    const then = groupBy(within(name, from, to).filter(filter), (row) => row[value]);
    return [...new Set([...now.keys(), ...then.keys()])].map((key) => {
      const row = { [value]: key };
      for (const measure of measures) {
        row[measure] = sum(now.get(key) || [], measure);
        row[measure + "_before"] = then.has(key) ? sum(then.get(key), measure) : null;
      }
      return row;
    });
  }

  /** As scaleOf, of a table. */
  function scaleOfTable(name) {
    const days = (from, to) => new Set(within(name, from, to).map((row) => row.day)).size;
    return scaleOf(days(state.from, state.to), days(...before()));
  }

  const changeBy = (scale, now, then) =>
    scale === null || then === null || then === undefined ? null : change("count", now, then * scale);

  const salesColumns = (name, text, press, most) => [
    { name: "value", kind: "text", label: text, press, others: true },
    { name: "revenue", kind: "money", text: columnText(name, "revenue"), bar: most },
    { name: "change", kind: "change", label: "Change", text: "Revenue a day against the period before." },
    { name: "share", kind: "share", text: "Of the revenue of all rows." },
    { name: "orders", kind: "count", text: columnText(name, "orders") + " An order with lines of two rows counts in both." },
    { name: "units_sold", kind: "count", text: columnText(name, "units_sold") },
    { name: "units_returned", kind: "count", text: columnText(name, "units_returned") }
  ];
  const SALES_MEASURES = ["revenue", "orders", "units_sold", "units_returned"];

  function withShares(rows, scale) {
    const all = sum(rows, "revenue");
    rows.forEach((row) => {
      row.share = all > 0 ? row.revenue / all : null;
      row.change = changeBy(scale, row.revenue, row.revenue_before);
    });
    return rows;
  }

  /** Products of the report that a path of category and brand leads to. */
  const productsOf = (path) => rowsOf("products").filter((product) =>
    path.every(({ by, value }) => (product[by] ?? "(none)") === value));

  /** What the report's products do not account for. */
  function rest(whole, parts, text) {
    const row = { value: text };
    for (const measure of SALES_MEASURES) {
      row[measure] = Math.round((whole[measure] - sum(parts, measure)) * 10_000) / 10_000;
      row[measure + "_before"] = null;
    }
    return row;
  }

  function drill() {
    const roots = [["category", "sales_by_category", "category_code"], ["brand", "sales_by_brand", "brand"], ["product", "sales_by_product", "product_id"]]
      .filter(([, name]) => has(name));
    const root = roots.find(([key]) => key === state.measures.drill) ?? roots[0];
    const [key, name, attribute] = root;
    const path = state.path;
    const go = (steps) => {
      state.path = steps;
      render();
      document.getElementById("crumbs").focus();
    };
    const canDrill = has("products") && has("sales_by_product") && key !== "product";
    const levels = key === "category" ? ["category_code", "brand", "product_id"] : ["brand", "product_id"];
    const level = levels[path.length];
    let rows;
    let note = tables.get(name).text;
    if (path.length === 0) {
      rows = withShares(byValue(name, "value", SALES_MEASURES), scaleOfTable(name));
    } else {
      const members = new Map(productsOf(path).map((product) => [product.product_id, product]));
      const sold = byValue("sales_by_product", "value", SALES_MEASURES, (row) => members.has(row.value));
      const grouped = groupBy(sold, (row) => (level === "product_id" ? row.value : members.get(row.value)[level] ?? "(none)"));
      rows = [...grouped].map(([value, parts]) => {
        const row = { value };
        for (const measure of SALES_MEASURES) {
          row[measure] = sum(parts, measure);
          row[measure + "_before"] = parts.some((part) => part[measure + "_before"] !== null) ? sum(parts, measure + "_before") : null;
        }
        return row;
      });
      if (path.length === 1) {
        const whole = byValue(name, "value", SALES_MEASURES, (row) => row.value === path[0].value)[0];
        const left = whole && rest(whole, rows, "other products than the report's");
        if (left && (left.revenue !== 0 || left.units_sold !== 0)) {
          rows.push(left);
        }
      }
      rows = withShares(rows, scaleOfTable("sales_by_product"));
      note = "The report holds the products with the greatest revenue and the most views. A product counts for the brand and"
        + " category of its last day of the report; what it sold under another one is in the row of other products, which can be negative then.";
    }
    const press = canDrill && level !== "product_id"
      ? (row) => (productsOf([...path, { by: level, value: row.value }]).length > 0
        ? () => go([...path, { by: level, value: row.value }]) : null) : null;
    const title = { category_code: "Category", brand: "Brand", product_id: "Product" }[level] ?? label(key);
    const crumbs = h("nav", { id: "crumbs", tabindex: "-1", "aria-label": "Where the table stands" }, h("ol", {},
      [{ value: "All " + { category: "categories", brand: "brands", product: "products" }[key] }, ...path].map(({ value }, i) =>
        h("li", {}, i === path.length ? h("span", { "aria-current": "true" }, value)
          : h("button", { type: "button", class: "drill", onclick: () => go(path.slice(0, i)) }, value)))));
    return [
      h("p", { class: "note" }, canDrill ? "A category leads to its brands, a brand to its products." : "Revenue by " + key + "."),
      select("Begin with", roots.map(([one]) => [one, one]), key, (value) => { state.measures.drill = value; go([]); }),
      crumbs,
      table({
        name: "revenue_by_" + (attribute === level ? key : level.replace("_id", "").replace("_code", "")),
        caption: path.length === 0 ? "Revenue by " + key : title + " within " + path.map((step) => step.value).join(", "),
        columns: salesColumns(name, title, press, Math.max(...rows.map((row) => row.revenue), 0) || 1),
        rows, sort: ["revenue", true], note
      })
    ];
  }

  // ---- Parts of the page

  function sales() {
    return [
      timeChart("sales", ["revenue", "orders", "order_value", "units_sold", "gross_revenue", "return_rate", "new_customers"]),
      folded("Sales by day in numbers", () => plainTable("sales", "Sales by day", ["day", false]))
    ];
  }

  function sessions() {
    return [
      timeChart("sessions", ["sessions", "conversion", "bounce_rate", "duration", "visitors"]),
      folded("Sessions by day in numbers", () => plainTable("sessions", "Sessions by day", ["day", false]))
    ];
  }

  function carts() {
    return [
      tiles(["abandonment", "abandoned_value"]),
      timeChart("carts", ["abandonment", "abandoned_value"]),
      folded("Carts by day in numbers", () => plainTable("cart_abandonment", "Carts by day", ["day", false]))
    ];
  }

  const hourOf = (() => {
    const format = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hour: "2-digit", hourCycle: "h23" });
    const known = new Map();
    return (time) => {
      if (!known.has(time)) {
        const parts = Object.fromEntries(format.formatToParts(new Date(time)).map(({ type, value }) => [type, value]));
        known.set(time, [WEEKDAYS.indexOf(parts.weekday), Number(parts.hour)]);
      }
      return known.get(time);
    };
  })();
  const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

  /** A table whose cells are shaded by their values. */
  function shaded({ caption, corner, heads, rows, kind, write: text = (value) => write(kind, value) }) {
    const all = rows.flatMap(({ values }) => values).filter((value) => value !== null && value !== undefined);
    const most = Math.max(...all, 0) || 1;
    return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
      h("table", { class: "shaded" }, h("caption", {}, caption),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, corner), heads.map((head) => h("th", { scope: "col", class: "number" }, head)))),
        h("tbody", {}, rows.map(({ head, lead = null, values, marks = [] }) => h("tr", {}, h("th", { scope: "row" }, head),
          lead === null ? null : h("td", { class: "number" }, lead),
          values.map((value, i) => {
            if (value === undefined) {
              return h("td", {});
            }
            const cell = h("td", { class: "number" + (marks[i] ? " open" : ""), title: write(kind, value) + (marks[i] ? ", month not over" : "") },
              text(value) + (marks[i] ? "*" : ""));
            cell.style.setProperty("--part", Math.round(Math.max(0, (45 * (value || 0)) / most)) + "%");
            return cell;
          }))))));
  }

  function heatMap() {
    const measure = state.measures.hours ?? "revenue";
    const kind = measure === "revenue" ? "money" : "count";
    const sums = WEEKDAYS.map(() => new Array(24).fill(null));
    const flat = [];
    for (const row of within("sales_hourly", state.from, state.to)) {
      const [weekday, hour] = hourOf(row.bucket_start);
      sums[weekday][hour] = (sums[weekday][hour] ?? 0) + row[measure];
    }
    const reference = Date.UTC(2024, 0, 1) / DAY;
    const weekday = days({ weekday: "long" });
    sums.forEach((hours, i) => hours.forEach((value, hour) => flat.push({ weekday: weekday(reference + i), hour, [measure]: value })));
    const columns = [{ name: "weekday", kind: "text" }, { name: "hour", kind: "count" }, { name: measure, kind }];
    return [
      h("p", { class: "note" }, "Hours are those of " + timeZone + ". The range is one of days of UTC, as the tables are."),
      h("div", { class: "tools" },
        select("Figure", [["revenue", "Revenue"], ["orders", "Orders"], ["units_sold", "Units sold"]], measure,
          (value) => { state.measures.hours = value; render("hours"); }),
        definition(label(measure), columnText("sales_hourly", measure) + " Added up over all weeks of the range."),
        h("button", { type: "button", class: "csv", "aria-label": "CSV of the hours", onclick: () => saveCsv("hours", columns, flat) }, "CSV")),
      shaded({
        caption: label(measure) + " by weekday and hour", corner: "Weekday", kind, heads: Array.from({ length: 24 }, (unused, i) => String(i)),
        rows: sums.map((values, i) => ({ head: weekday(reference + i), values })),
        write: (value) => (value === null ? NONE : compact(value))
      })
    ];
  }

  function funnelSteps(name, from, to) {
    return [...groupBy(within("funnel", from, to).filter((row) => row.funnel === name), (row) => row.step)]
      .sort(([one], [other]) => one - other)
      .map(([step, rows]) => ({ step, name: rows[0].step_name, sessions: sum(rows, "sessions"), rows }));
  }

  function funnels() {
    const names = [...new Set(within("funnel", state.from, state.to).map((row) => row.funnel))].sort();
    const open = new Set(within("funnel", state.from, state.to).filter((row) => !row.mature).map((row) => row.day)).size;
    const final = within("funnel", state.from, state.to).filter((row) => row.mature).map((row) => row.day);
    const medianDay = final.length > 0 ? final.reduce((one, other) => Math.max(one, other)) : null;
    return [
      h("p", { class: "note" }, "Sessions that reached each step in order, added up over the days."
        + (open > 0 ? " Those of " + count(open) + (open === 1 ? " day" : " days") + " can still change." : "")
        + (medianDay === null ? " No day is final yet, so no median times are shown."
          : " Medians cannot be added up: they are those of " + fullDay(medianDay) + ", the newest final day.")),
      names.map((name, i) => funnel(name, "funnel_" + (i + 1), medianDay)),
      has("user_funnel") ? folded("The funnel over visitors and days", () => plainTable("user_funnel", "Funnel over visitors")) : null
    ];
  }

  function funnel(name, id, medianDay) {
    const now = funnelSteps(name, state.from, state.to);
    const then = funnelSteps(name, ...before());
    const isComparable = scaleOfTable("funnel") !== null;
    const rate = (steps, i) => (steps[i] && steps[0].sessions > 0 ? steps[i].sessions / steps[0].sessions : null);
    const rows = now.map((step, i) => {
      const previous = i === 0 ? null : now[i - 1].sessions;
      const ofMedian = step.rows.find((row) => row.day === medianDay);
      return {
        step_name: step.name, sessions: step.sessions,
        drop_off: i === 0 ? null : previous - step.sessions,
        conversion_from_previous: previous ? step.sessions / previous : null,
        conversion_from_first: rate(now, i),
        change: isComparable && i > 0 ? change("share", rate(now, i), rate(then, i)) : null,
        median_seconds: ofMedian ? ofMedian.median_seconds_from_previous : null
      };
    });
    const parts = [["brand", "Brand"], ["category", "Category"]].filter(([by]) => has("funnel_by_" + by)).map(([by, text]) => {
      const values = groupBy(within("funnel_by_" + by, state.from, state.to).filter((row) => row.funnel === name), (row) => row.value);
      const byStep = [...values].map(([value, some]) => {
        const row = { value };
        now.forEach((step) => { row["step_" + step.step] = sum(some.filter((one) => one.step === step.step), "sessions"); });
        const begun = row["step_" + now[0].step];
        row.conversion = begun > 0 ? row["step_" + now[now.length - 1].step] / begun : null;
        return row;
      });
      return folded("By " + by, () => table({
        name: id + "_by_" + by, caption: text + " of the first step", rows: byStep, sort: ["step_" + now[0].step, true],
        note: tables.get("funnel_by_" + by).text,
        columns: [{ name: "value", kind: "text", label: text, others: true },
          ...now.map((step) => ({ name: "step_" + step.step, kind: "count", label: step.name })),
          { name: "conversion", kind: "share", label: "Last of first" }]
      }));
    });
    return h("div", { class: "funnel" }, h("h3", {}, name),
      h("ol", { class: "steps" }, rows.map((row, i) => {
        const bar = h("span", { class: "step" });
        bar.style.setProperty("--part", 100 * (row.conversion_from_first ?? 0) + "%");
        return h("li", {}, i > 0 ? h("span", { class: "drop" }, "▼ " + write("count", row.drop_off) + " left ("
          + write("share", row.conversion_from_previous === null ? null : 1 - row.conversion_from_previous) + ")") : null,
        h("span", { class: "step-name" }, row.step_name + " ", h("strong", {}, write("count", row.sessions)), " " + write("share", row.conversion_from_first)), bar);
      })),
      table({
        name: id, caption: "Steps of " + name, isFiltered: false, rows,
        columns: [
          { name: "step_name", kind: "text", label: "Step" },
          { name: "sessions", kind: "count", text: columnText("funnel", "sessions") },
          { name: "drop_off", kind: "count", label: "Left", text: columnText("funnel", "drop_off") },
          { name: "conversion_from_previous", kind: "share", label: "Of previous", text: "Sessions of all days / those of the step before." },
          { name: "conversion_from_first", kind: "share", label: "Of first", text: "Sessions of all days / those of the first step." },
          { name: "change", kind: "points", label: "Change", text: "Of first, against the period before, in percentage points." },
          { name: "median_seconds", kind: "seconds", label: "Median time", text: columnText("funnel", "median_seconds_from_previous") }]
      }), parts);
  }

  function products() {
    const known = new Map(rowsOf("products").map((product) => [product.product_id, product]));
    const sold = new Map(has("sales_by_product") ? byValue("sales_by_product", "value", SALES_MEASURES).map((row) => [row.value, row]) : []);
    const viewed = new Map(has("views_by_product") ? byValue("views_by_product", "product_id", ["views"]).map((row) => [row.product_id, row]) : []);
    const scale = scaleOfTable("views_by_product");
    const rows = [...new Set([...viewed.keys(), ...sold.keys()])].map((id) => ({
      product_id: id, brand: known.get(id)?.brand ?? null, category_code: known.get(id)?.category_code ?? null,
      views: viewed.get(id)?.views ?? null,
      change: changeBy(scale, viewed.get(id)?.views, viewed.get(id)?.views_before),
      orders: sold.get(id)?.orders ?? null, units_sold: sold.get(id)?.units_sold ?? null, revenue: sold.get(id)?.revenue ?? null
    }));
    const most = Math.max(...rows.filter((row) => row.product_id !== null).map((row) => row.views ?? 0), 0) || 1;
    return [
      rows.length > 0 ? table({
        name: "products", caption: "Products", rows, sort: [has("views_by_product") ? "views" : "revenue", true],
        note: "The products with the greatest revenue and those with the most views, over all days of the report.",
        columns: [
          { name: "product_id", kind: "text", label: "Product", others: true }, { name: "brand", kind: "text" },
          { name: "category_code", kind: "text", label: "Category" },
          { name: "views", kind: "count", bar: most, text: "Events of type view." },
          { name: "change", kind: "change", label: "Change", text: "Views a day against the period before." },
          { name: "orders", kind: "count", text: "Distinct orders of a day with a sold line of the product, added up over the days." },
          { name: "units_sold", kind: "count", text: "Units of sold lines." }, { name: "revenue", kind: "money", text: "Net revenue." }]
      }) : null,
      ...[["product_performance", "How products do"], ["trending", "Trending products"], ["top_products", "Most viewed products"]]
        .filter(([name]) => has(name))
        .map(([name, text]) => folded(text + ", as of " + fullDay(dayOf(tables.get(name).day)), () => plainTable(name, text)))
    ];
  }

  function traffic() {
    const dimensions = [["traffic_source", "Source"], ["campaign", "Campaign"], ["device", "Device"], ["country", "Country"]]
      .filter(([name]) => has("traffic_by_" + name));
    const by = state.measures.traffic ?? dimensions[0][0];
    const name = "traffic_by_" + by;
    const scale = scaleOfTable(name);
    const rows = byValue(name, by, ["sessions", "bounces", "sessions_with_purchase", "orders", "revenue"]);
    rows.forEach((row) => {
      row.change = changeBy(scale, row.sessions, row.sessions_before);
      row.bounce_rate = row.sessions > 0 ? row.bounces / row.sessions : null;
      row.conversion = row.sessions > 0 ? row.sessions_with_purchase / row.sessions : null;
    });
    return [
      select("By", dimensions.map(([key, text]) => [key, text.toLowerCase()]), by, (value) => { state.measures.traffic = value; render("traffic"); }),
      table({
        name, caption: "Sessions by " + by.replace("_", " "), rows, sort: ["sessions", true], note: tables.get(name).text,
        columns: [
          { name: by, kind: "text", label: dimensions.find(([key]) => key === by)[1], others: true, text: columnText(name, by) },
          { name: "sessions", kind: "count", bar: Math.max(...rows.map((row) => row.sessions), 1), text: columnText(name, "sessions") },
          { name: "change", kind: "change", label: "Change", text: "Sessions a day against the period before." },
          { name: "bounce_rate", kind: "share", text: FIGURES.bounce_rate.text },
          { name: "conversion", kind: "share", text: FIGURES.conversion.text },
          { name: "orders", kind: "count", text: columnText(name, "orders") },
          { name: "revenue", kind: "money", text: columnText(name, "revenue") }]
      })
    ];
  }

  function cohorts() {
    const measure = state.measures.cohorts ?? "retention";
    const kinds = { retention: "share", active_customers: "count", orders: "count", revenue: "money" };
    const groups = [...groupBy(rowsOf("cohorts"), (row) => row.cohort)].sort(([one], [other]) => (one < other ? -1 : 1));
    const months = Math.max(...rowsOf("cohorts").map((row) => row.months_since)) + 1;
    return [
      h("p", { class: "note" }, "Customers by the month of their first purchase, and the months since; as of " + fullDay(dayOf(tables.get("cohorts").day))
        + ". Months with * are not over."),
      select("Figure", Object.keys(kinds).map((name) => [name, label(name)]), measure, (value) => { state.measures.cohorts = value; render("cohorts"); }),
      definition(label(measure), columnText("cohorts", measure)),
      shaded({
        caption: label(measure) + " by cohort and months since", corner: "Cohort", kind: kinds[measure],
        heads: ["Customers", ...Array.from({ length: months }, (unused, i) => String(i))],
        rows: groups.map(([cohort, rows]) => {
          const cells = new Array(months).fill(undefined);
          const marks = [];
          rows.forEach((row) => { cells[row.months_since] = row[measure]; marks[row.months_since] = !row.is_complete; });
          return { head: monthName(dayOf(cohort)), lead: count(rows[0].customers), values: cells, marks };
        })
      }),
      folded("Cohorts in numbers", () => plainTable("cohorts", "Cohorts"))
    ];
  }

  function customers() {
    const segments = rowsOf("clv_segments");
    const model = rowsOf("clv_model")[0];
    const all = sum(segments, "customers");
    const expected = segments.every((row) => row.expected_value === null) ? null : sum(segments, "expected_value");
    const fact = (name, text, about) => [h("dt", {}, name), h("dd", {}, text, definition(name, about))];
    const bins = rowsOf("clv_distribution");
    const bound = (value) => write(Number.isInteger(value) ? "count" : "money", value);
    const range = (bin) => (bin.from_value === null ? "below " + bound(bin.below_value)
      : bin.below_value === null ? bound(bin.from_value) + " or more" : bound(bin.from_value) + " – " + bound(bin.below_value));
    return [
      h("p", { class: "note" }, "As of " + fullDay(dayOf(tables.get("clv_segments").day)) + ", whatever the range: a state and not a sum of days."
        + (model && model.converged ? " Expected values look " + count(model.horizon_days) + " days ahead, discounted by " + percent(model.discount_rate_monthly) + " a month." : "")),
      h("dl", { class: "facts" },
        fact("Customers", count(all), columnText("clv_segments", "customers")),
        fact("Revenue so far", write("money", sum(segments, "revenue")), columnText("clv_segments", "revenue")),
        model ? fact("Repeat customers", count(model.repeat_customers) + (all > 0 ? ", " + percent(model.repeat_customers / model.customers) : ""), columnText("clv_model", "repeat_customers")) : [],
        expected === null ? [] : fact("Expected value", write("money", expected), columnText("clv_segments", "expected_value"))),
      model && !model.converged ? h("p", {}, h("strong", { class: "warning" }, "No expected values: "),
        "the model has no fit" + (model.reason ? " (" + model.reason + ")" : "") + ". The figures are those of the past.") : null,
      bins.length > 0 ? [h("h3", {}, "Customers by expected value, in steps that grow"), chart({
        name: "Customers by expected value", kind: "count", labels: bins.map(range), longLabels: bins.map(range),
        series: [{ name: "Customers", className: "now", isLine: false, values: bins.map((bin) => bin.customers) }]
      })] : null,
      table({
        name: "clv_segments", caption: "Segments by revenue", rows: segments, sort: ["revenue", true], isFiltered: false,
        columns: tables.get("clv_segments").columns.map((column) => (column.name === "customers" ? { ...column, bar: all || 1 } : column))
      }),
      bins.length > 0 ? folded("Customers by expected value in numbers", () => plainTable("clv_distribution", "Customers by expected value")) : null,
      model ? folded("The model", () => table({
        name: "clv_model", caption: "Parameters of the model",
        columns: [{ name: "parameter", kind: "text" }, { name: "value", kind: "text" }, { name: "meaning", kind: "text" }],
        rows: tables.get("clv_model").columns.map((column) => ({
          parameter: column.name, value: write(column.kind, model[column.name]), meaning: column.text
        }))
      })) : null,
      has("clv_calibration") ? calibration() : null
    ];
  }

  /** What a model expected of the hold-out, beside what happened. */
  function calibration() {
    const name = "clv_calibration";
    const total = (rows, column) => (rows.some((row) => row[column] === null) ? null : sum(rows, column));
    const weeks = [...groupBy(rowsOf(name), (row) => row.week)].sort(([one], [other]) => one - other);
    const classes = [...groupBy(rowsOf(name), (row) => row.frequency)].map(([frequency, rows]) => {
      const expected = total(rows, "expected_purchases");
      return {
        frequency, actual: sum(rows, "actual_purchases"), expected,
        customers: sum(rows.filter((row) => row.week === weeks[0][0]), "customers"),
        deviation: expected > 0 ? sum(rows, "actual_purchases") / expected - 1 : null
      };
    });
    const drawn = (text, column, className) => ({
      name: text, className, isLine: weeks.length >= FEWEST_FOR_A_LINE, values: weeks.map(([, rows]) => total(rows, column))
    });
    return [
      h("h3", {}, "Expected against actual purchases"),
      h("p", { class: "note" }, tables.get(name).text),
      chart({
        name: "Purchases by week of the hold-out", kind: "number", labels: weeks.map(([week]) => count(week)),
        longLabels: weeks.map(([week, rows]) => "Week " + count(week) + " from " + write("day", rows[0].first_day)),
        series: [drawn("Actual", "actual_purchases", "now"), drawn("Expected", "expected_purchases", "average")]
      }),
      table({
        name: "clv_calibration_by_frequency", caption: "By purchases before the hold-out", rows: classes, isFiltered: false, sort: ["frequency", false],
        columns: [
          { name: "frequency", kind: "count", text: columnText(name, "frequency") },
          { name: "customers", kind: "count", text: columnText(name, "customers") },
          { name: "actual", kind: "count", text: columnText(name, "actual_purchases") },
          { name: "expected", kind: "number", text: columnText(name, "expected_purchases") },
          { name: "deviation", kind: "change", text: "Actual / expected - 1." }]
      }),
      folded("Calibration in numbers", () => plainTable(name, "Calibration of the model"))
    ];
  }

  function dwell() {
    return ["category", "device"].filter((by) => has("dwell_by_" + by)).map((by) => {
      const column = by === "category" ? "category_code" : by;
      const rows = byValue("dwell_by_" + by, column, ["seconds", "sessions"]);
      rows.forEach((row) => { row.mean = row.sessions > 0 ? row.seconds / row.sessions : null; });
      return table({
        name: "dwell_by_" + by, caption: "Time spent by " + by, rows, sort: ["seconds", true], note: tables.get("dwell_by_" + by).text,
        columns: [{ name: column, kind: "text", label: label(by), others: true },
          { name: "seconds", kind: "seconds", label: "Time", bar: Math.max(...rows.map((row) => row.seconds), 1), text: columnText("dwell_by_" + by, "seconds") },
          { name: "sessions", kind: "count", text: columnText("dwell_by_" + by, "sessions") },
          { name: "mean", kind: "seconds", label: "Per session", text: "Time / sessions." }]
      });
    });
  }

  function quality() {
    const of = new Set(rowsOf("events").map((row) => row.day));
    const missing = [];
    for (let day = state.from; day <= state.to; day++) {
      if (!of.has(day)) {
        missing.push(day);
      }
    }
    const empty = within("events", state.from, state.to).filter((row) => row.events === 0).map((row) => row.day);
    const sold = new Set(rowsOf("sales").map((row) => row.day));
    const unsold = within("events", state.from, state.to).map((row) => row.day).filter((day) => !sold.has(day));
    const named = (text, some) => (some.length === 0 ? null : h("p", {}, h("strong", { class: "warning" }, text + " (" + count(some.length) + "): "),
      some.slice(0, 20).map(fullDay).join(", ") + (some.length > 20 ? " and " + count(some.length - 20) + " more" : "")));
    const checks = report.checks.map((check) => ({
      ...check, figure: label(check.figure),
      isEqual: check.differingDays === 0,
      result: check.differingDays === 0 ? "agree" : check.isExpected ? "may differ" : "differ", reason: check.reason ?? ""
    }));
    const wrong = checks.filter((check) => check.result === "differ");
    return [
      h("p", { class: "note" }, "Newest events of the warehouse: " + (report.newestEvents ? fullDay(dayOf(report.newestEvents)) : NONE)
        + ". Page made " + instant.format(new Date(report.createdAt)) + " (" + timeZone + ")."),
      tiles(["events", "duplicates"]),
      named("Empty days, without any event", empty),
      named("Days without a table of events", missing),
      named("Days with events but without a table of sales", unsold),
      h("h3", {}, "Figures that must agree"),
      h("p", {}, checks.length === 0 ? "No figure is in two tables."
        : wrong.length === 0 ? "All figures that must agree do." : count(wrong.length) + " of " + count(checks.length) + " pairs differ and should not."),
      checks.length > 0 ? table({
        name: "checks", caption: "Figures of two tables, over all days of the report", rows: checks, isFiltered: false,
        columns: [{ name: "figure", kind: "text" }, { name: "table", kind: "text" }, { name: "other", kind: "text", label: "And" },
          { name: "result", kind: "text" }, { name: "total", kind: "exact", label: "First" }, { name: "otherTotal", kind: "exact", label: "Second" },
          { name: "days", kind: "count", text: "Days that both tables have." },
          { name: "differingDays", kind: "count", label: "Differing days" }, { name: "reason", kind: "text", label: "Why" }]
      }) : null,
      tables.has("data_quality") ? [h("h3", {}, "Checks before publishing"), has("data_quality")
        ? plainTable("data_quality", "Failed checks") : h("p", {}, "No check failed.")] : null,
      has("freshness") ? [h("h3", {}, "How new the tables are"), plainTable("freshness", "Tables of this report")] : null,
      has("rejects") ? [h("h3", {}, "Rejected records"), plainTable("rejects", "Rejected records by reason", ["records", true])] : null
    ];
  }

  function leftOut() {
    return [
      h("p", { class: "note" }, "These tables have no day of the report."),
      h("ul", {}, report.missing.map(({ table: name, command, isAskedFor }) => h("li", {}, h("code", {}, name), ": ",
        isAskedFor ? [h("code", {}, "clickmill " + command), " makes it."] : "made where the settings ask for it (docs/settings.md).")))
    ];
  }

  const PARTS = [
    ["figures", "Key figures", () => true, () => [tiles(["revenue", "orders", "order_value", "units_sold", "return_rate", "new_customers", "sessions", "conversion", "bounce_rate", "duration", "visitors"])]],
    ["sales", "Sales", () => has("sales"), sales],
    ["hours", "Hours and weekdays", () => has("sales_hourly"), heatMap],
    ["sessions", "Sessions", () => has("sessions"), sessions],
    ["traffic", "Traffic", () => ["traffic_source", "campaign", "device", "country"].some((by) => has("traffic_by_" + by)), traffic],
    ["funnel", "Funnel", () => has("funnel"), funnels],
    ["carts", "Carts", () => has("cart_abandonment"), carts],
    ["revenue", "Where the revenue comes from", () => has("sales_by_category") || has("sales_by_brand") || has("sales_by_product"), drill],
    ["products", "Products", () => ["views_by_product", "sales_by_product", "trending", "top_products", "product_performance"].some(has), products],
    ["dwell", "Time spent", () => has("dwell_by_category") || has("dwell_by_device"), dwell],
    ["cohorts", "Cohorts", () => has("cohorts"), cohorts],
    ["customers", "What customers are worth", () => has("clv_segments"), customers],
    ["quality", "Data quality", () => true, quality],
    ["missing", "Left out", () => report.missing.length > 0, leftOut]
  ];

  // ---- The page

  const main = document.getElementById("main");
  const byId = (id) => document.getElementById(id);

  function redraw() {
    redraws.forEach((draw) => draw());
  }

  /** Draws all parts, or one after its own choice has changed. */
  function render(only = null) {
    if (only === null) {
      redraws = [];
    }
    for (const [id, heading, isThere, content] of PARTS) {
      if (only !== null && only !== id) {
        continue;
      }
      let section = byId(id);
      if (!isThere()) {
        continue;
      }
      if (!section) {
        section = h("section", { id, "aria-labelledby": id + "-heading", tabindex: "-1" });
        main.append(section);
      }
      section.replaceChildren(h("h2", { id: id + "-heading" }, heading), ...content().flat(3).filter(Boolean));
    }
    redraw();
    if (only !== null) {
      byId(only).querySelector("select").focus();
    }
    const [from, to] = before();
    byId("status").textContent = "Showing " + rangeText(state.from, state.to) + ", " + count(length())
      + (length() === 1 ? " day" : " days") + ", compared with " + rangeText(from, to) + ".";
    byId("from").value = isoOf(state.from);
    byId("to").value = isoOf(state.to);
    byId("preset").value = presetOf();
  }

  const PRESETS = [["7", "last 7 days"], ["28", "last 28 days"], ["91", "last 91 days"], ["364", "last 364 days"], ["report", "the report's range"], ["all", "all days"], ["own", "as chosen"]];

  function rangeOf(preset) {
    return preset === "all" ? [first, last] : preset === "report" ? [dayOf(report.from), last] : [Math.max(first, last - Number(preset) + 1), last];
  }

  function presetOf() {
    const found = PRESETS.find(([key]) => key !== "own" && rangeOf(key)[0] === state.from && rangeOf(key)[1] === state.to);
    return found ? found[0] : "own";
  }

  function choose(from, to) {
    state.from = Math.max(first, Math.min(from, last));
    state.to = Math.max(state.from, Math.min(to, last));
    render();
  }

  function begin() {
    document.title = title + ": " + rangeText(dayOf(report.from), last);
    byId("title").textContent = title;
    byId("about").textContent = "Warehouse " + report.warehouse + ", " + rangeText(dayOf(report.from), last)
      + ". Days are those of UTC." + (currency ? " Amounts are in " + currency + "." : "");
    byId("made-by").textContent = "Made by Clickmill " + report.suiteVersion + ". This page loads nothing from anywhere.";
    byId("preset").append(...PRESETS.map(([key, text]) => h("option", { value: key, disabled: key === "own" }, text)));
    for (const id of ["from", "to"]) {
      byId(id).min = isoOf(first);
      byId(id).max = isoOf(last);
      byId(id).addEventListener("change", () => {
        const from = dayOf(byId("from").value);
        const to = dayOf(byId("to").value);
        if (Number.isFinite(from) && Number.isFinite(to)) {
          // The end that was changed stands.
          choose(id === "to" ? Math.min(from, to) : from, id === "from" ? Math.max(from, to) : to);
        }
      });
    }
    byId("preset").addEventListener("change", () => choose(...rangeOf(byId("preset").value)));
    byId("grain").addEventListener("change", () => { state.grain = byId("grain").value; render(); });
    byId("theme").addEventListener("change", () => { document.documentElement.dataset.theme = byId("theme").value; });
    byId("controls").addEventListener("submit", (event) => event.preventDefault());
    byId("contents").append(h("ul", {}, PARTS.filter(([, , isThere]) => isThere()).map(([id, heading]) =>
      h("li", {}, h("a", { href: "#" + id }, heading)))));
    main.replaceChildren();
    render();
    let frame = 0;
    window.addEventListener("resize", () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(redraw);
    });
  }

  begin();
})();
