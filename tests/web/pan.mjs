// usage: node mock/server.mjs 8090 10000 & node pan.mjs    prints how evenly the page draws while the map is
// dragged over 10,000 moving stations of the pretended city. What WebGL costs is the machine's: without a
// graphics card it is drawn by the processor, so the page's own share of the main thread is told apart.
import { chromium } from 'playwright-core';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking',
    '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  ],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`http://127.0.0.1:${process.argv[2] ?? 8090}/admin`);
await page.locator('input[type=email]').fill('admin@example.com');
await page.locator('input[type=password]').fill('whatever it is');
await page.locator('input[inputmode=numeric]').fill('123456');
await page.locator('button[type=submit]').click();
await page.locator('[data-testid=map][data-items]:not([data-items="0"])').waitFor({ timeout: 60_000 });
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable');
const spent = async () => {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map((each) => [each.name, each.value]));
};
await page.evaluate(() => {
  window.gaps = [];
  let last = performance.now();
  const tick = (now) => {
    window.gaps.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
});
const before = await spent();
await page.mouse.move(900, 500);
await page.mouse.down();
for (let step = 0; step < 120; ++step) {
  await page.mouse.move(900 + 300 * Math.sin(step / 15), 500 + 150 * Math.cos(step / 20));
}
await page.mouse.up();
const after = await spent();
const gaps = (await page.evaluate(() => window.gaps)).slice(2).sort((a, b) => a - b);
const at = (share) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * share))].toFixed(1);
const seconds = after.Timestamp - before.Timestamp;
const share = (name) => (((after[name] - before[name]) / seconds) * 100).toFixed(0);
console.log(`${gaps.length} frames in ${seconds.toFixed(1)} s`);
console.log(`between frames p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms`);
console.log(`of the main thread: script ${share('ScriptDuration')} %, layout ${share('LayoutDuration')} %`);
await browser.close();
