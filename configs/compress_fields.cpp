#include "configs/spec_fields.h"

namespace hone {
namespace {

constexpr std::string_view kSources[] = {"best"};
constexpr std::string_view kMinimized[] = {"latency_p50"};
constexpr std::string_view kNone[] = {"none"};
constexpr std::string_view kPruneMethods[] = {"structured"};
constexpr std::string_view kImportances[] = {"obs", "l1"};
constexpr std::string_view kNumberFormats[] = {"fp32", "int8"};
constexpr std::string_view kCalibrators[] = {"auto", "minmax", "mean_minmax", "percentile", "mse"};

constexpr Field<CompressSpec> kCompressFields[] = {
    {"source", &CompressSpec::source, {.words = kSources}, "the model to compress: the best of the study"},
    {"limits",
     &CompressSpec::limits,
     {},
     "what must hold, such as \"accuracy_drop <= 1pt\", \"size <= 25%\", \"latency_p50@batch=32 <= 0.8x\"",
     FieldForm::texts},
    {"minimize", &CompressSpec::minimize, {.words = kMinimized}, "what is made small within the limits"},
};

constexpr Field<CompressSpec> kDataFields[] = {
    {"calibrate", &CompressSpec::calibrate, {.low = 1}, "training rows whose activations set the scales"},
};

constexpr Field<CompressBudget> kBudgetFields[] = {
    {"finetune_epochs", &CompressBudget::finetune_epochs, {.low = 0, .high = 100000}, "epochs of fine-tuning in all"},
    {"wall",
     &CompressBudget::wall,
     {.low = 0, .above_low = true, .words = kNone},
     "time of the whole compression",
     FieldForm::duration},
};

constexpr Field<PruneSpec> kPruneFields[] = {
    {"method", &PruneSpec::method, {.words = kPruneMethods}, "structured: whole channels and neurons go"},
    {"importance",
     &PruneSpec::importance,
     {.words = kImportances},
     "obs: by what the next layer loses; l1: by the size of the weights"},
    {"min_keep", &PruneSpec::min_keep, {.low = 0, .high = 1, .above_low = true}, "share of every group that stays"},
};

constexpr Field<QuantizeSpec> kQuantizeFields[] = {
    {"formats", &QuantizeSpec::formats, {.words = kNumberFormats}, "number formats a layer may get", FieldForm::texts},
    {"calibrators",
     &QuantizeSpec::calibrators,
     {.words = kCalibrators},
     "how ranges of activations are found; auto tries all"},
};

constexpr Field<DistillSpec> kDistillFields[] = {
    {"temperature", &DistillSpec::temperature, {.low = 0, .above_low = true}, "softens the source model's answers"},
    {"alpha", &DistillSpec::alpha, {.low = 0, .high = 1}, "weight of the source model's answers in the loss"},
};

}  // namespace

std::span<const Field<CompressSpec>> compress_fields() { return kCompressFields; }
std::span<const Field<CompressSpec>> compress_data_fields() { return kDataFields; }
std::span<const Field<CompressBudget>> compress_budget_fields() { return kBudgetFields; }
std::span<const Field<PruneSpec>> prune_fields() { return kPruneFields; }
std::span<const Field<QuantizeSpec>> quantize_fields() { return kQuantizeFields; }
std::span<const Field<DistillSpec>> distill_fields() { return kDistillFields; }

}  // namespace hone
