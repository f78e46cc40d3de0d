/** The client that the conformance suite starts: hands the address over to the test that listens on a port, and ends when that is done. */
import { connect } from 'node:net';

const [port, url] = process.argv.slice(2);
const socket = connect(Number(port), '127.0.0.1');
socket.setEncoding('utf8');
socket.write(`${JSON.stringify({ url, context: process.env.MCP_CONFORMANCE_CONTEXT ?? null })}\n`);
socket.on('data', (answer) => process.exit(answer.startsWith('done') ? 0 : 1));
socket.on('close', () => process.exit(1));
