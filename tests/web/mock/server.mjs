// usage: node server.mjs [port] [stations]     serves build/web at /admin with a pretended city behind it
// E-mail admin@example.com (everything), operator@example.com (commands), moderator@example.com (looks
// only), finance@example.com (rentals only); any password, code 000000 is refused. GET /mock/mute?s=10
// holds frames back, /mock/cut closes the sockets.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer } from 'ws';
import { answerAdmin } from './answers.mjs';
import { City } from './city.mjs';
import { Live } from './live.mjs';

const port = Number(process.argv[2] ?? 8090);
const pageFolder = fileURLToPath(new URL('../../../build/web', import.meta.url));
const city = new City(Number(process.argv[3] ?? 10_000));
const live = new Live(city);
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

const policy = (host) =>
  `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; ` +
  `connect-src 'self' ws://${host} wss://${host}; worker-src 'self' blob:; font-src 'self'; ` +
  `manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`;

async function servePage(request, response, path) {
  const name = path === '/admin' || path === '/admin/' ? 'index.html' : path.slice('/admin/'.length);
  try {
    const body = await readFile(join(pageFolder, normalize(`/${name}`)));
    response.writeHead(200, {
      'Content-Type': types[extname(name)] ?? 'application/octet-stream',
      'Content-Security-Policy': policy(request.headers.host),
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text ? JSON.parse(text) : {};
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, `http://${request.headers.host}`);
  if (url.pathname.startsWith('/mock/')) {
    live.obey(url.pathname.slice(6), url.searchParams);
    return response.writeHead(204).end();
  }
  if (url.pathname.startsWith('/admin')) return servePage(request, response, url.pathname);
  const body = request.method === 'GET' ? {} : await bodyOf(request);
  const {
    status = 200,
    data = null,
    code = '',
    message = '',
    details = [],
    headers = {},
  } = answerAdmin({ url, body, method: request.method, headers: request.headers, city, live });
  const envelope =
    status < 400
      ? { success: true, message: 'OK', data }
      : {
          success: false,
          error: { code, message, details, timestamp: new Date().toISOString() },
          request_id: randomUUID(),
        };
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(JSON.stringify(envelope));
});

const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'chautari.v1' });
server.on('upgrade', (request, socket, head) => {
  sockets.handleUpgrade(request, socket, head, (open) => live.welcome(open));
});
server.listen(port, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${port}/admin  ${city.list.length} stations`),
);
