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

  function byDay(spec) {
    return {
      type: "bar",
      data: {
        labels: spec.labels,
        datasets: [
          {
            label: spec.unit, data: spec.values, backgroundColor: color("--bar"),
            borderRadius: 2, maxBarThickness: 36, order: 1
          },
          {
            type: "line", label: "7-day average", data: spec.averages, borderColor: color("--average"),
            backgroundColor: color("--average"), borderWidth: 2, pointRadius: 0, pointHitRadius: 8,
            tension: 0.25, spanGaps: false, order: 0
          }
        ]
      },
      options: {
        interaction: { mode: "index", intersect: false },
        scales: {
          x: {
            grid: { display: false },
            ticks: {
              maxRotation: 0, autoSkipPadding: 14,
              callback(index) { return shortDay(this.getLabelForValue(index)); }
            }
          },
          y: { beginAtZero: true, grid: { color: color("--grid") }, ticks: { callback: short } }
        },
        plugins: {
          legend: { align: "start", reverse: true, labels: { boxWidth: 12, boxHeight: 12 } },
          tooltip: {
            callbacks: {
              label: (item) =>
                item.dataset.label + ": " +
                number(item.parsed.y, item.datasetIndex === 0 ? spec.digits : Math.max(1, spec.digits))
            }
          }
        }
      }
    };
  }

  function ranking(spec) {
    return {
      type: "bar",
      data: {
        labels: spec.labels,
        datasets: [
          {
            label: spec.unit, data: spec.values, backgroundColor: color("--bar"),
            borderRadius: 2, maxBarThickness: 22
          }
        ]
      },
      options: {
        indexAxis: "y",
        scales: {
          x: { beginAtZero: true, grid: { color: color("--grid") }, ticks: { callback: short, maxRotation: 0 } },
          y: {
            grid: { display: false },
            ticks: { autoSkip: false, callback(index) { return clip(this.getLabelForValue(index)); } }
          }
        },
        plugins: {
          legend: { display: false },
          tooltip: { callbacks: { label: (item) => spec.unit + ": " + number(item.parsed.x, spec.digits) } }
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
      const kind = spec.averages ? byDay : ranking;
      return new Chart(document.getElementById(spec.id), kind(spec));
    });
  }

  draw();
  dark.addEventListener("change", draw);
  document.documentElement.dataset.drawn = String(charts.length);
})();
