// Reads the reports of one run with readers that are not ours and prints what they saw, as JSON.
// Arguments: the folder of the reports, the browser or nothing. Screenshots land in the folder.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { HtmlValidate } from "html-validate";
import { parse } from "junit2json";
import { marked } from "marked";
import puppeteer from "puppeteer-core";

const [folder, browserPath] = process.argv.slice(2);
const read = (name) => readFileSync(join(folder, name), "utf8");
const seen = {};

const packages = dirname(createRequire(import.meta.url).resolve(
  "@microsoft/sarif-multitool-linux/package.json"));
const multitool = join(packages, "Sarif.Multitool");
chmodSync(multitool, 0o755);
const complaints = join(folder, "sarif-complaints.sarif");
try {
  execFileSync(multitool, ["validate", join(folder, "report.sarif"), "--output", complaints,
    "--log", "ForceOverwrite", "--level", "Error;Warning;Note", "--kind", "Fail"], {
    env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" }, stdio: "pipe" });
} catch (failure) {
  if (!existsSync(complaints)) throw failure;
}
seen.sarif = JSON.parse(readFileSync(complaints, "utf8").replace(/^\uFEFF/, "")).runs[0].results
  // This tool has no page on the Internet, and a place inside of an encrypted file is no region.
  .filter((result) => !["SARIF2005", "SARIF2017"].includes(result.ruleId))
  .filter((result) => result.level === undefined || ["error", "warning"].includes(result.level))
  .map((result) => `${result.level ?? "warning"} ${result.ruleId} ${JSON.stringify(result.message)}`);

const junit = await parse(read("report.xml"));
seen.junit = {
  tests: junit.tests, failures: junit.failures,
  cases: junit.testsuite.flatMap((suite) => suite.testcase).map((one) => ({
    name: one.name, failed: Boolean(one.failure), skipped: Boolean(one.skipped) })),
};

const tokens = marked.lexer(read("report.md"), { gfm: true });
const tables = tokens.filter((token) => token.type === "table");
seen.markdown = {
  widths: tables.map((table) => [table.header.length, ...table.rows.map((one) => one.length)]),
  html: [],
  kinds: [],
};
marked.walkTokens(tokens, (token) => {
  if (token.type === "html") seen.markdown.html.push(token.raw);
  if (["link", "image", "em", "strong", "codespan", "code"].includes(token.type)) {
    seen.markdown.kinds.push(token.raw);
  }
});

const page = read("report.html");
const checker = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: { "no-inline-style": "error", "long-title": "off", "no-trailing-whitespace": "off" },
});
seen.html = (await checker.validateString(page)).results.flatMap((result) => result.messages)
  .map((one) => `${one.ruleId} at ${one.line}:${one.column}: ${one.message}`);

if (browserPath) {
  const browser = await puppeteer.launch({
    executablePath: browserPath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  const tab = await browser.newPage();
  seen.browser = { requests: [], complaints: [], dialogs: 0 };
  tab.on("request", (request) => seen.browser.requests.push(request.url()));
  tab.on("console", (line) => seen.browser.complaints.push(line.text()));
  tab.on("pageerror", (error) => seen.browser.complaints.push(String(error)));
  tab.on("dialog", (dialog) => { seen.browser.dialogs += 1; dialog.dismiss(); });
  await tab.setViewport({ width: 1200, height: 900 });
  for (const scheme of ["light", "dark"]) {
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await tab.goto(pathToFileURL(join(folder, "report.html")).href);
    await tab.screenshot({ path: join(folder, `${scheme}.png`) });
    seen.browser[scheme] = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor);
  }
  const shown = () => tab.evaluate(() =>
    [...document.querySelectorAll(".f")].filter((one) => one.checkVisibility()).length);
  seen.browser.listed = await shown();
  await tab.type("input", "needle");
  seen.browser.filtered = await shown();
  await tab.$eval("input", (input) => { input.value = ""; });
  await tab.select("select", "warning");
  seen.browser.warnings = await shown();
  await tab.select("select", "");
  seen.browser.again = await shown();
  await tab.setViewport({ width: 390, height: 800 });
  seen.browser.narrow = await tab.evaluate(() =>
    document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  await tab.screenshot({ path: join(folder, "narrow.png") });
  await tab.pdf({ path: join(folder, "print.pdf"), format: "A4" });
  await tab.setJavaScriptEnabled(false);
  await tab.reload();
  seen.browser.withoutScript = (await tab.$$(".f")).length;
  seen.browser.filterWithoutScript = await tab.$eval("form", (form) => form.hidden);
  await browser.close();
}
console.log(JSON.stringify(seen));
