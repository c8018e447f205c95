/**
 * The room's API as the page sees it: an answer, a refusal with its reason, or nobody there.
 */

const PATIENCE_MS = 12_000;

/** The server could not be reached or cannot answer now; the same request may be sent again. */
export class Unreachable extends Error {
  constructor(retryAfterMs = 0) {
    super("unreachable");
    this.retryAfterMs = retryAfterMs;
  }
}

/** The server understood and said no. `code` is for the script, `message` a sentence for people. */
export class Refusal extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

function secondsToWait(response) {
  const seconds = Number(response.headers.get("Retry-After"));
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : 0;
}

async function read(response) {
  const isJson = (response.headers.get("Content-Type") ?? "").includes("json");
  const data = isJson ? await response.json() : {};
  if (response.ok && isJson && !response.redirected) {
    return data;
  }
  if (response.status >= 500 || response.status === 429 || response.status === 408) {
    throw new Unreachable(secondsToWait(response));
  }
  // A page instead of JSON is the login form: the session has ended.
  throw new Refusal(response.status, data.code ?? "login_needed", data.message ?? "");
}

export class Api {
  /**
   * @param {string} root address of the API, such as /api/room
   * @param {string} csrf token for the one call that uses the login
   */
  constructor(root, csrf) {
    this.root = root;
    this.csrf = csrf;
    this.attempt = "";
    this.token = "";
  }

  /** Start or resume; remembers attempt and token for the calls after it. */
  async start(candidacy, page, takeOver) {
    const opened = await this.call("POST", `candidacies/${candidacy}/start`, {
      body: { page, take_over: takeOver },
      headers: { "X-CSRFToken": this.csrf },
    });
    this.attempt = opened.attempt;
    this.token = opened.token;
    return opened;
  }

  /** Fetch the paper, whose address never changes its content. */
  paper(url) {
    return this.call("GET", url, { cache: "default" });
  }

  save(batch, { keepalive = false } = {}) {
    return this.call("PUT", `attempts/${this.attempt}/responses`, { body: batch, keepalive });
  }

  look() {
    return this.call("GET", `attempts/${this.attempt}`, {});
  }

  submit(batch) {
    return this.call("POST", `attempts/${this.attempt}/submit`, { body: batch });
  }

  async call(method, path, { body, headers = {}, keepalive = false, cache = "no-store" }) {
    const url = path.startsWith("/") ? path : `${this.root}/${path}`;
    const sentAt = performance.now();
    const hangUp = new AbortController();
    const timer = setTimeout(() => hangUp.abort(), PATIENCE_MS);
    const auth = this.token && !headers["X-CSRFToken"] ? { Authorization: `Bearer ${this.token}` } : {};
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    try {
      const response = await fetch(url, {
        method,
        cache,
        keepalive,
        credentials: "same-origin",
        signal: hangUp.signal,
        headers: { Accept: "application/json", ...json, ...auth, ...headers },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      return { ...(await read(response)), sentAt };
    } catch (error) {
      throw error instanceof Refusal || error instanceof Unreachable ? error : new Unreachable();
    } finally {
      clearTimeout(timer);
    }
  }
}
