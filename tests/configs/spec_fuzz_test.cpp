#include <random>

#include "configs/expressions.h"
#include "configs/spec_document.h"
#include "tests/configs/spec_sample.h"

namespace hone {
namespace {

constexpr int kMutations = 3000;

const std::string kBuiltin = builtin_spec({
    "study = {name = \"n\", seed = 3, tags = [\"a\"]}",
    "space = {width = {type = \"int\", low = 1, high = 64, log = true, default = 8}, optimizer = {type = "
    "\"categorical\", choices = [\"sgd\", \"adamw\"]}, learning_rate = {type = \"float\", low = 1e-4, high = 1.0, when "
    "= \"optimizer == 'sgd' and width in [1, 2]\"}}",
    "sampler = {kind = \"tpe\", tpe = {candidates = 4}}",
    "scheduler = {kind = \"asha\", eta = 3}",
    "fidelity = {min = 1, max = 9}",
    "resources = {slots = 2, timeout = \"1h\"}",
    "compress = {limits = [\"size <= 25%\", \"latency_p50@batch=32 <= 0.8x\"], prune = {min_keep = 0.2}}",
});
const std::string kCommand = command_spec({
    "trainer = {kind = \"command\", command = [\"./t\", \"--lr={lr}\", \"{params}\"], env = {A = \"${env:HOME:-x}\"}, "
    "metrics = {from = \"stdout\", regex = '(?P<metric>a)=(?P<value>b)'}}",
});

/// Pieces that reach deeper than single bytes do.
constexpr std::string_view kPieces[] = {
    "=",    "{",      "}",        "[",      "]",          "\"",         "'",       "\n",
    "\t",   ",",      ".",        "nan",    "-inf",       "1e308",      "-1",      "0",
    "true", "when",   "\xC3\xA9", "${env:", "{{",         "**",         "type",    "[[x]]",
    "# ",   "\"\"\"", "0x7fff",   "low = ", "1979-05-27", "include = ", "\\u0000", "9223372036854775807"};

std::string mutated(std::string text, std::mt19937& random) {
  const auto pick = [&](std::size_t count) { return std::uniform_int_distribution<std::size_t>(0, count - 1)(random); };
  const std::size_t changes = 1 + pick(3);
  for (std::size_t i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = pick(text.size());
    switch (pick(4)) {
      case 0:
        text.erase(at, 1 + pick(8));
        break;
      case 1:
        text.insert(at, kPieces[pick(std::size(kPieces))]);
        break;
      case 2:
        text[at] = static_cast<char>(pick(256));
        break;
      default:
        text.insert(at, text.substr(pick(text.size()), 1 + pick(20)));
        break;
    }
  }
  return text;
}

/// Loads, renders and, where there is no mistake, loads the resolved text again.
void exercise(const std::string& text) {
  const LoadedSpec loaded = load_sample(text);
  const auto source = [&](const std::string&) { return std::optional(text); };
  for (const DiagnosticFormat format : {DiagnosticFormat::text, DiagnosticFormat::json, DiagnosticFormat::github}) {
    render_diagnostics(loaded.diagnostics.list(), format, source, true);
  }
  if (loaded.diagnostics.has_errors()) return;
  const LoadedSpec again = load_spec_text(loaded.resolved, "spec.toml", "/elsewhere", sample_tables());
  EXPECT_FALSE(again.diagnostics.has_errors()) << text << "\n---\n" << loaded.resolved;
  EXPECT_EQ(again.resolved, loaded.resolved) << text;
}

TEST(SpecFuzz, MutatedSpecsNeverCrashAndGoodOnesReloadEqual) {
  exercise(kBuiltin);
  exercise(kCommand);
  EXPECT_FALSE(load_sample(kBuiltin).diagnostics.has_errors());
  EXPECT_FALSE(load_sample(kCommand).diagnostics.has_errors());
  std::mt19937 random(1);
  for (int i = 0; i < kMutations; ++i) exercise(mutated(i % 2 == 0 ? kBuiltin : kCommand, random));
}

TEST(SpecFuzz, MutatedOverridesNeverCrash) {
  std::mt19937 random(2);
  const std::string override_text = "space.lr = {type = \"float\", low = [1, 2], high = 3}";
  for (int i = 0; i < kMutations; ++i) {
    Diagnostics diagnostics;
    TomlNode root = *parse_toml(kCommand, "x.toml", diagnostics);
    apply_override(root, mutated(override_text, random), diagnostics);
  }
}

TEST(SpecFuzz, MutatedExpressionsOnlyThrowErrors) {
  std::mt19937 random(3);
  const std::string text = "optimizer == 'sgd' and (width // 2 + 3 ** -1) % 7 < max(1, log(width), x) or not a in [1]";
  const auto lookup = [](const std::string& name) -> std::optional<ParamValue> {
    if (name == "x") return std::nullopt;
    if (name == "optimizer") return std::string("sgd");
    return std::int64_t{9223372036854775807};
  };
  int good = 0;
  for (int i = 0; i < kMutations; ++i) {
    try {
      Expression::parse(mutated(text, random)).evaluate(lookup);
      ++good;
    } catch (const Error& error) {
      EXPECT_TRUE(error.diagnostics().front().code.starts_with("expression::"));
    }
  }
  EXPECT_GT(good, 0);
}

}  // namespace
}  // namespace hone
