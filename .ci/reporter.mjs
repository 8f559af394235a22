/* The tests of the scripts, told as pytest tells: the failures, then "N passed" that the stages add up. */

export default async function* report(source) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of source) {
    if (type === "test:pass") {
      passed += 1;
    } else if (type === "test:fail") {
      failed += 1;
      yield `FAILED ${data.file}: ${data.name}\n${data.details.error.cause?.stack ?? data.details.error.message}\n`;
    }
  }
  yield failed ? `${failed} failed, ${passed} passed\n` : `${passed} passed\n`;
}
