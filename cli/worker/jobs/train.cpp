#include <torch/torch.h>
#include <torch/version.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "cli/worker/compute.h"
#include "cli/worker/job.h"
#include "cli/worker/log_redirect.h"
#include "cli/worker/stop_request.h"
#include "cli/worker/worker_data.h"
#include "core/protocol.h"
#include "core/text.h"
#include "core/version.h"
#include "trainers/artifact/model_artifact.h"
#include "trainers/checkpoint.h"
#include "trainers/training_loop.h"

namespace hone {
namespace {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

/// A long training checkpoints this often beside the end of its budget.
constexpr std::chrono::seconds kCheckpointInterval{60};

/// A trial's part of the brief.
struct TrialBrief {
  std::int64_t trial = 0;
  std::int64_t attempt = 0;
  std::uint64_t seed = 0;
  int fold = 0;
  std::int64_t budget = 0;
  std::filesystem::path folder;
  std::string resume;
  ModelSpec model;
  TrainerOptions trainer;
};

std::uint64_t seed_from(const std::string& text) {
  std::size_t used = 0;
  std::uint64_t seed = 0;
  try {
    seed = std::stoull(text, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used == 0 || used != text.size())
    throw Error("worker::bad-brief", "seed must be an integer in quotes (is " + text + ")");
  return seed;
}

TrialBrief read_trial(const json& brief) {
  const json& trials = brief.at("trials");
  if (trials.size() != 1) throw Error("worker::fused", "this worker trains one trial at a time");
  const json& object = trials[0];
  TrialBrief trial;
  trial.trial = object.at("trial").get<std::int64_t>();
  trial.attempt = object.at("attempt").get<std::int64_t>();
  trial.seed = seed_from(object.at("seed").get<std::string>());
  trial.fold = object.value("fold", 0);
  trial.budget = static_cast<std::int64_t>(object.at("budget").get<double>());
  trial.folder = object.at("folder").get<std::string>();
  trial.resume = object.value("resume", "");
  trial.model = model_from_json(object.at("model"));
  trial.trainer = trainer_options_from_json(object.at("trainer"));
  return trial;
}

/// Lines of one launch, tagged with trial and attempt.
class TrialLines {
 public:
  TrialLines(LineWriter& lines, const TrialBrief& trial) : lines_(lines), trial_(trial) {}

  void write(json line) {
    line["trial"] = trial_.trial;
    line["attempt"] = trial_.attempt;
    lines_.write(line);
  }
  void report(const EpochReport& report) { write(line_of(report)); }
  /// The trial is worth what the model it leaves is worth: its best epoch wins over the last one.
  void final(const BestEpoch& best) {
    json line = line_of(best.report);
    line["final"] = true;
    write(std::move(line));
  }
  void checkpoint(const std::string& name, std::int64_t epoch) { write({{"checkpoint", name}, {"step", epoch}}); }

 private:
  static json line_of(const EpochReport& report) {
    json line = {{"step", report.epoch}, {"train_loss", report.train_loss}};
    for (const auto& [name, value] : report.validation) line["val_" + name] = value;
    return line;
  }

  LineWriter& lines_;
  const TrialBrief& trial_;
};

/// card.json: what a stranger needs to judge the model and to train it again.
std::string card_of(const TrialBrief& trial, const json& brief, const WorkerData& data, const BestEpoch& best) {
  json metrics = {{"train_loss", {{"value", best.report.train_loss}, {"n", data.train.rows()}}}};
  for (const auto& [name, value] : best.report.validation) {
    metrics["val_" + name] = {{"value", value}, {"n", data.validation.rows()}};
  }
  const DataFacts& facts = data.preprocess.facts;
  const json card = {
      {"task", facts.task},
      {"target", facts.target},
      {"classes", facts.classes},
      {"metrics", std::move(metrics)},
      {"selected_by", trial.trainer.select},
      {"epoch", best.report.epoch},
      {"budget", trial.budget},
      {"trial", trial.trial},
      {"attempt", trial.attempt},
      {"fold", trial.fold},
      {"seed", std::to_string(trial.seed)},
      {"params", brief.at("trials")[0].value("params", json::object())},
      {"trainer", to_json_object(trial.trainer)},
      {"data", {{"hash", facts.hash}, {"rows", facts.rows}}},
      {"device", brief.value("device", "cpu")},
      {"threads", at::get_num_threads()},
      {"versions", {{"hone", version()}, {"git", git_hash()}, {"torch", TORCH_VERSION}}},
  };
  return card.dump(2);
}

/// Written at the end of every launch: any trial that rests may turn out to be the best when the study ends, and what
/// it costs (some files, a few milliseconds) is nothing beside a second visit to data and checkpoint.
void write_model(const TrialBrief& trial, const json& brief, const WorkerData& data, const BestEpoch& best) {
  ModelArtifact artifact;
  artifact.model = trial.model;
  artifact.preprocess = data.preprocess;
  artifact.tensors = best.tensors;
  artifact.card = card_of(trial, brief, data, best);
  write_artifact(trial.folder / "model", artifact);
}

}  // namespace

int run_train(const json& brief, LineWriter& writer) {
  const TrialBrief trial = read_trial(brief);
  const LogRedirect logs(trial.folder, trial.attempt);
  const StopRequest stop(trial.folder);
  TrialLines lines(writer, trial);
  const c10::Device device = prepare_compute(brief);
  const auto data = open_worker_data(brief.at("dataset"), trial.fold, device);

  Model model(trial.model, device);
  initialize(model, trial.seed);
  const TensorData* validation = data->validation.rows() > 0 ? &data->validation : nullptr;
  Training training(model, data->train, validation, trial.trainer, trial.seed);
  const std::string identity = training_identity(training, data->preprocess.facts.hash);
  resume_training(training, trial.folder, trial.resume, identity, [&](const std::string& text) {
    lines.write({{"note", text}});
  });

  // A resumed trial with nothing left to do says again where it stands.
  if (training.state().last && (training.state().epoch >= trial.budget || training.ended())) {
    lines.report(*training.state().last);
  }
  bool stopped = false;
  Clock::time_point last_checkpoint = Clock::now();
  const auto checkpoint = [&] {
    lines.checkpoint(write_checkpoint(trial.folder, training, identity), training.state().epoch);
    last_checkpoint = Clock::now();
  };
  try {
    training.run(trial.budget, [&](const EpochReport& report) {
      lines.report(report);
      stopped = report.epoch < trial.budget && stop.made();
      if (!stopped && Clock::now() - last_checkpoint > kCheckpointInterval) checkpoint();
      return !stopped;
    });
  } catch (const NonFinite& error) {
    lines.write({{"status", "non_finite"}, {"why", error.what()}});
    return static_cast<int>(TrialExit::failed);
  }
  if (training.ended() && training.state().epoch < trial.budget) {
    lines.write({{"note", "ended after epoch " + std::to_string(training.state().epoch) + ": no better val_" +
                              trial.trainer.select + " for " + count_of(*trial.trainer.patience, "epoch")}});
  }
  checkpoint();
  if (training.state().best) {
    write_model(trial, brief, *data, *training.state().best);
    if (!stopped) lines.final(*training.state().best);
  }
  return static_cast<int>(stopped ? TrialExit::stopped : TrialExit::done);
}

}  // namespace hone
