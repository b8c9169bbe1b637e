"use strict";
(() => {
  const specifications = JSON.parse(document.getElementById("charts").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  let charts = [];

  const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const number = (value, digits) =>
    value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const short = (value) =>
    value.toLocaleString("en-US", { notation: "compact", maximumFractionDigits: 1 });
  const shortDay = (day) => Number(day.slice(8)) + " " + months[Number(day.slice(5, 7)) - 1];
  const clip = (text) => (text.length > 24 ? text.slice(0, 23) + "…" : text);

  const written = (value, series) =>
    series.share ? number(100 * value, series.digits) + " %" : number(value, series.digits);
  const percent = (value, index, ticks) =>
    number(100 * value, ticks[ticks.length - 1].value < 0.1 ? 1 : 0) + " %";
  const scale = (spec) => (spec.series[0].share ? percent : (value) => short(value));

  function bars(spec, series, thickness) {
    return {
      label: series.label, data: series.values, borderRadius: 2, maxBarThickness: thickness, order: 1,
      backgroundColor: spec.pale
        ? spec.pale.map((pale) => color(pale ? "--pale" : "--bar"))
        : color("--" + series.color)
    };
  }

  function line(series) {
    const stroke = color("--" + series.color);
    return {
      type: "line", label: series.label, data: series.values, borderColor: stroke, backgroundColor: stroke,
      borderWidth: 2, pointRadius: 0, pointHitRadius: 8, tension: 0.25, spanGaps: false, order: 0
    };
  }

  function upright(spec) {
    return {
      type: "bar",
      data: {
        labels: spec.labels,
        datasets: spec.series.map((series) => (series.line ? line(series) : bars(spec, series, 36)))
      },
      options: {
        interaction: { mode: "index", intersect: false },
        scales: {
          x: {
            grid: { display: false },
            ticks: {
              maxRotation: spec.kind === "days" ? 0 : 60, autoSkip: spec.kind === "days", autoSkipPadding: 14,
              callback(index) {
                const label = this.getLabelForValue(index);
                return spec.kind === "days" ? shortDay(label) : label;
              }
            }
          },
          y: { beginAtZero: true, grid: { color: color("--grid") }, ticks: { callback: scale(spec) } }
        },
        plugins: {
          legend: {
            display: spec.series.length > 1, align: "start", reverse: true,
            labels: { boxWidth: 12, boxHeight: 12 }
          },
          tooltip: {
            callbacks: {
              label: (item) =>
                item.dataset.label + ": " + written(item.parsed.y, spec.series[item.datasetIndex])
            }
          }
        }
      }
    };
  }

  function ranking(spec) {
    return {
      type: "bar",
      data: { labels: spec.labels, datasets: spec.series.map((series) => bars(spec, series, 22)) },
      options: {
        indexAxis: "y",
        interaction: spec.series.length > 1 ? { mode: "index", axis: "y", intersect: false } : {},
        scales: {
          x: { beginAtZero: true, grid: { color: color("--grid") }, ticks: { callback: scale(spec), maxRotation: 0 } },
          y: {
            grid: { display: false },
            ticks: { autoSkip: false, callback(index) { return clip(this.getLabelForValue(index)); } }
          }
        },
        plugins: {
          legend: { display: spec.series.length > 1, align: "start", labels: { boxWidth: 12, boxHeight: 12 } },
          tooltip: {
            callbacks: {
              label: (item) =>
                item.dataset.label + ": " + written(item.parsed.x, spec.series[item.datasetIndex])
            }
          }
        }
      }
    };
  }

  function draw() {
    charts.forEach((chart) => chart.destroy());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.color = color("--muted");
    Chart.defaults.borderColor = color("--line");
    Chart.defaults.animation = false;
    Chart.defaults.maintainAspectRatio = false;
    charts = specifications.map((spec) => {
      const kind = spec.kind === "ranking" ? ranking : upright;
      return new Chart(document.getElementById(spec.id), kind(spec));
    });
  }

  draw();
  dark.addEventListener("change", draw);
  document.documentElement.dataset.drawn = String(charts.length);
})();
