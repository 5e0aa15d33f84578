// Logs in as the admin page does, and changes something with the session. Node 18 or later.
// node login.mjs BASE-URL PASSWORD HOST: a proxy that tells the service another host makes the page's origin a foreign one.
import http from 'node:http';
import https from 'node:https';

const [base, password, host] = process.argv.slice(2);
const scheme = new URL(base).protocol;

function post(path, body, headers) {
  return new Promise((resolve, reject) => {
    const request = (scheme === 'https:' ? https : http).request(
      new URL(path, base),
      {
        method: 'POST',
        rejectUnauthorized: false, // the test's own certificate
        headers: {
          Host: host,
          Origin: `${scheme}//${host}`,
          'Sec-Fetch-Site': 'same-origin',
          'X-Requested-By': 'admin-page',
          'Content-Type': 'application/json',
          ...headers,
        },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response));
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

const login = await post('/api/session', JSON.stringify({ password }), {});
if (login.statusCode !== 200) throw new Error(`login: status ${login.statusCode}`);
const Cookie = login.headers['set-cookie'].map((cookie) => cookie.split(';')[0]).join('; ');
if (Cookie.startsWith('__Host-') !== (scheme === 'https:')) throw new Error('the cookie is not of this scheme');
const change = await post('/codebuddy/v1/credentials/auto', '', { Cookie });
if (change.statusCode !== 200) throw new Error(`change: status ${change.statusCode}`);
console.log('a session that may change something');
