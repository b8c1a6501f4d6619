// node nlpjs.cjs FOLDER LANG TRAIN TEST: nlp.js on the rows that ours is measured on; a JSON line of figures.
const fs = require('fs'), path = require('path');
const [folder, lang, train, test] = process.argv.slice(2);
const { NlpManager } = require(path.join(folder, 'node_modules/node-nlp'));
const read = (file) => fs.readFileSync(file, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const ms = (used) => (used.user + used.system) / 1000;
(async () => {
  const nlp = new NlpManager({ languages: [lang], forceNER: false, autoSave: false, nlu: { useNoneFeature: true, log: false } });
  const asked = read(test);
  for (const row of read(train)) nlp.addDocument(lang, row.text, row.intent);
  const before = process.cpuUsage();
  await nlp.train();
  const trained = ms(process.cpuUsage(before)) / 1000;
  const cpu = [], found = [];
  for (const row of asked) {
    const begun = process.cpuUsage();
    const parse = await nlp.process(lang, row.text);
    cpu.push(ms(process.cpuUsage(begun)));
    found.push([parse.intent, parse.intent === 'None' ? 0 : parse.score]);
  }
  cpu.sort((one, other) => one - other);
  const at = (share) => cpu[Math.min(cpu.length - 1, Math.floor(cpu.length * share))];
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ train_cpu_s: trained, parse_p50_ms: at(0.5), parse_p99_ms: at(0.99), peak_rss_mb: peak, found }));
})();
