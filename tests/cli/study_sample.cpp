#include "tests/cli/study_sample.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/program.h"
#include "cli/study_files.h"
#include "configs/data_facts.h"
#include "core/random.h"
#include "search/store/store.h"

namespace hone {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

/// 2026-01-31T12:00:00Z
constexpr std::int64_t kStart = 1769860800000000;

constexpr const char* kSpec = R"toml(
budget = {trials = 10, wall = "30m"}
fidelity = {unit = "epochs", min = 3, max = 27}
model = {family = "mlp"}
objective = {metric = "val_accuracy", goal = "maximize"}
scheduler = {kind = "asha"}
compress = {limits = ["size <= 25%", "accuracy_drop <= 1pt"]}

[dataset]
source = "digits.csv"
target = -1

[space]
learning_rate = {type = "float", low = 1e-4, high = 1e-1, log = true}
optimizer = {type = "categorical", choices = ["adamw", "sgd"]}
momentum = {type = "float", low = 0.8, high = 0.99, when = "optimizer == 'sgd'"}

[study]
name = "sample"

[trainer]
kind = "builtin"
)toml";

/// Appends events with rising numbers and times.
class Events {
 public:
  void add(double seconds, EventKind kind, const json& body, std::optional<std::int64_t> trial = {},
           std::optional<std::int64_t> attempt = {}) {
    Event event;
    event.seq = static_cast<std::int64_t>(list.size()) + 1;
    event.kind = kind;
    event.trial = trial;
    event.attempt = attempt;
    event.time_us = kStart + static_cast<std::int64_t>(seconds * 1e6);
    event.body = body.dump();
    list.push_back(event);
  }
  void ask(double seconds, std::int64_t trial, const json& params) {
    add(seconds, EventKind::asked,
        {{"seen", list.size()}, {"params", params}, {"seed", "7"}, {"origin", "sampler"}, {"notes", json::object()}},
        trial);
  }
  void launch(double seconds, std::int64_t trial, std::int64_t attempt, double budget, double from) {
    const std::string resume = from > 0 ? "checkpoint-" + std::to_string(static_cast<int>(from)) + ".h5" : "";
    add(seconds, EventKind::launched, {{"budget", budget}, {"from", from}, {"resume", resume}}, trial, attempt);
  }
  void report(double seconds, std::int64_t trial, std::int64_t attempt, double step, double accuracy) {
    const json metrics = {{"val_accuracy", accuracy}, {"val_loss", 1 - accuracy}};
    add(seconds, EventKind::reported, {{"step", step}, {"metrics", metrics}}, trial, attempt);
  }

  std::vector<Event> list;
};

json facts(const std::string& hostile) {
  DataFacts facts;
  facts.task = "classification";
  facts.target = "class" + hostile;
  facts.rows = 100;
  facts.classes = {"a" + hostile, "b"};
  facts.class_counts = {60, 40};
  facts.columns.resize(1);
  facts.columns[0].name = "x" + hostile;
  facts.hash = "0123456789abcdef";
  facts.train_rows = 60;
  facts.validation_rows = 20;
  facts.test_rows = 20;
  return to_json_object(facts);
}

json compression(std::int64_t trial, const std::string& hostile) {
  const auto stage = [&](const char* name, double metric, int bytes, int params, double seconds, bool kept,
                         const std::string& note) {
    return json{{"stage", name},       {"metric", metric},   {"bytes", bytes}, {"params", params},
                {"macs", params * 40}, {"seconds", seconds}, {"kept", kept},   {"note", note}};
  };
  return {{"metric", "accuracy"},
          {"stages",
           {stage("source", 0.98, 160000, 38000, 0, true, ""),
            stage("fold", 0.98, 156000, 37600, 0.1, true, "BatchNorm into convolutions" + hostile),
            stage("prune", 0.97, 60000, 14000, 1.5, true, "62 of 164 channels removed"),
            stage("finetune", 0.978, 60000, 14000, 9.25, true, "20 epochs, distilled"),
            stage("quantize", 0.975, 21000, 14000, 2, true, "int8 per channel, 512 rows calibrate")}},
          {"layers",
           {{{"layer", "conv1"},
             {"op", "conv2d"},
             {"width_before", 24},
             {"width_after", 12},
             {"format", "int8"},
             {"kernel", "own-vnni"}},
            {{"layer", "fc"},
             {"op", "linear"},
             {"width_before", 10},
             {"width_after", 10},
             {"format", "int8"},
             {"kernel", "own-vnni"}}}},
          {"limits",
           {{{"limit", "size <= 25%"},
             {"unit", "%"},
             {"required", 25},
             {"reached", 13.125},
             {"met", true},
             {"n", 0},
             {"low", 13.125},
             {"high", 13.125}},
            {{"limit", "accuracy_drop <= 1pt"},
             {"unit", "pt"},
             {"required", 1},
             {"reached", 0.5},
             {"met", true},
             {"n", 20},
             {"low", -0.4},
             {"high", 1.6}}}},
          {"latency",
           {{{"batch", 1},
             {"source_p50_ms", 0.08},
             {"result_p50_ms", 0.06},
             {"speedup", 1.33},
             {"speedup_low", 1.25},
             {"speedup_high", 1.41}},
            {{"batch", 32},
             {"source_p50_ms", 0.9},
             {"result_p50_ms", 0.4},
             {"speedup", 2.25},
             {"speedup_low", 2.1},
             {"speedup_high", 2.4}}}},
          {"source_bytes", 160000},
          {"result_bytes", 21000},
          {"source_validation", 0.98},
          {"result_validation", 0.975},
          {"validation_rows", 20},
          {"source_test", 0.97},
          {"result_test", 0.965},
          {"test_rows", 20},
          {"agreement", 0.99},
          {"engine", "own-vnni" + hostile},
          {"cpu", "test cpu"},
          {"met", true},
          {"trial", trial}};
}

}  // namespace

StudySample make_study_sample(const std::string& hostile) {
  Events events;
  events.add(0, EventKind::study_opened, {{"name", "sample"}, {"facts", facts(hostile)}});
  events.ask(1, 0, {{"learning_rate", 0.001}, {"optimizer", "adamw"}});
  events.launch(1, 0, 1, 3, 0);
  events.ask(1, 1, {{"learning_rate", 0.01}, {"optimizer", "sgd"}, {"momentum", 0.9}});
  events.launch(1, 1, 1, 3, 0);
  for (int epoch = 1; epoch <= 3; ++epoch) {
    events.report(1 + epoch, 0, 1, epoch, 0.5 + 0.1 * epoch);
    events.report(1 + epoch, 1, 1, epoch, 0.6 + 0.1 * epoch);
  }
  events.add(4, EventKind::rested, {{"budget", 3}, {"seconds", 3}}, 0, 1);
  events.add(4, EventKind::checkpointed, {{"file", "checkpoint-3.h5"}, {"step", 3}}, 1, 1);
  events.add(4, EventKind::rested, {{"budget", 3}, {"seconds", 3}}, 1, 1);
  events.add(5, EventKind::promoted, {{"budget", 27}}, 1, 1);
  events.launch(5, 1, 2, 27, 3);
  events.report(8, 1, 2, 9, 0.95);
  events.report(12, 1, 2, 27, 0.98);
  events.add(12, EventKind::completed, {{"budget", 27}, {"seconds", 7.5}}, 1, 2);
  events.ask(13, 2, {{"learning_rate", 0.05}, {"optimizer", "adamw"}});
  events.launch(13, 2, 1, 3, 0);
  events.report(14, 2, 1, 1, 0.3);
  events.add(15, EventKind::stopped, {{"message", "stopped by the scheduler"}, {"seconds", 2}}, 2, 1);
  events.ask(15, 3, {{"learning_rate", 0.1}, {"optimizer", "sgd"}, {"momentum", 0.85}});
  events.launch(15, 3, 1, 3, 0);
  events.add(16, EventKind::failed, {{"class", "non_finite"}, {"message", "loss is nan" + hostile}, {"seconds", 1}}, 3,
             1);
  events.add(17, EventKind::closed, {{"reason", "target reached"}});
  events.add(30, EventKind::compressed, compression(1, hostile));
  return {kSpec, events.list};
}

StudySample make_large_sample(int trials) {
  Events events;
  RandomStream random(1, -1, "sample");
  events.add(0, EventKind::study_opened, {{"name", "sample"}, {"facts", facts("")}});
  double best = 0;
  int best_trial = 0;
  for (int id = 0; id < trials; ++id) {
    const double rate = std::pow(10, random.uniform(-4, -1));
    const bool sgd = random.uniform() < 0.5;
    json params = {{"learning_rate", rate}, {"optimizer", sgd ? "sgd" : "adamw"}};
    if (sgd) params["momentum"] = random.uniform(0.8, 0.99);
    const double start = 4.0 * id;
    events.ask(start, id, params);
    events.launch(start, id, 1, 3, 0);
    if (id % 17 == 11) {
      events.add(start + 1, EventKind::failed,
                 {{"class", "non_finite"}, {"message", "loss is nan in epoch 1"}, {"seconds", 1}}, id, 1);
      continue;
    }
    const double quality =
        0.985 - 0.06 * std::pow(std::log10(rate) + 2.4, 2) - 0.03 * random.uniform() * (sgd ? 1.5 : 1);
    const int reached = quality > 0.965 ? 27 : quality > 0.94 ? 9 : 3;
    int attempt = 1;
    double value = 0;
    for (int epoch = 1; epoch <= reached; ++epoch) {
      value = quality * (1 - 0.7 * std::exp(-epoch / 1.8)) + 0.004 * random.normal();
      value = std::min(0.995, value);
      if (epoch == 4 || epoch == 10) {
        events.add(start + 0.1 * epoch, EventKind::rested, {{"budget", epoch - 1}, {"seconds", 0.4}}, id, attempt);
        events.launch(start + 0.1 * epoch, id, ++attempt, epoch == 4 ? 9 : 27, epoch - 1);
      }
      events.report(start + 0.1 * epoch, id, attempt, epoch, value);
    }
    const bool whole = reached == 27;
    events.add(start + 3, whole ? EventKind::completed : EventKind::rested, {{"budget", reached}, {"seconds", 1.7}}, id,
               attempt);
    if (whole && value > best) {
      best = value;
      best_trial = id;
    }
  }
  events.add(4.0 * trials, EventKind::closed, {{"reason", std::to_string(trials) + " trials"}});
  events.add(4.0 * trials + 20, EventKind::compressed, compression(best_trial, ""));
  return {kSpec, events.list};
}

void write_study(const fs::path& folder, const StudySample& sample) {
  fs::create_directories(folder);
  const auto store = open_store(folder);
  store->set_meta(kMetaSpec, sample.spec);
  store->set_meta(kMetaSpecFile, "sample.toml");
  store->append(sample.events, Commit::normal);
  for (const char* model : {kBestFolder, kCompressedFolder}) {
    fs::create_directories(folder / model);
    write_file(folder / model / "model.toml", "format = 1\n", Durability::renamed);
  }
}

namespace {

ProgramRun run_with(const fs::path& folder, bool terminal, int columns, std::vector<std::string> arguments) {
  ProgramRun run;
  const auto stream = [&](std::string& text) {
    OutputStream stream;
    stream.write = [&text](std::string_view part) {
      text += part;
      return true;
    };
    stream.terminal = terminal;
    stream.columns = [columns] { return columns; };
    return stream;
  };
  const fs::path before = fs::current_path();
  Console console(stream(run.out), stream(run.err), [](const std::string&) { return std::nullopt; });
  arguments.insert(arguments.begin(), {"-C", folder.string(), "--color", "never"});
  run.code = run_program(arguments, console);
  fs::current_path(before);
  return run;
}

}  // namespace

ProgramRun run_in(const fs::path& folder, const std::vector<std::string>& arguments) {
  return run_with(folder, false, 80, arguments);
}

ProgramRun run_on_terminal(const fs::path& folder, int columns, const std::vector<std::string>& arguments) {
  return run_with(folder, true, columns, arguments);
}

}  // namespace hone
