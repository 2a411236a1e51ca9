#include "configs/spec_fields.h"

namespace hone {
namespace {

constexpr std::string_view kNone[] = {"none"};
constexpr std::string_view kAuto[] = {"auto"};
constexpr std::string_view kOrders[] = {"free", "strict"};
constexpr std::string_view kFailures[] = {"learn", "ignore"};
constexpr std::string_view kTrainerKinds[] = {"builtin", "command"};
constexpr std::string_view kFormats[] = {"auto", "csv", "tsv", "idx", "npy", "images", "hdf5"};
constexpr std::string_view kTasks[] = {"auto", "classification", "regression"};
constexpr std::string_view kHeaders[] = {"auto", "true", "false"};
constexpr std::string_view kNumerics[] = {"auto", "standard", "robust", "quantile", "none"};
constexpr std::string_view kCategories[] = {"auto", "onehot", "embedding", "ordinal"};
constexpr std::string_view kIntegers[] = {"numeric", "nominal"};
constexpr std::string_view kSplits[] = {"auto", "holdout", "files", "column"};
constexpr std::string_view kExecutors[] = {"local"};
constexpr std::string_view kPresets[] = {"katib", "guild", "smac", "aclib", "number"};
constexpr std::string_view kConfirmRules[] = {"lower_bound", "mean"};

constexpr Field<StudySpec> kStudyFields[] = {
    {"name", &StudySpec::name, {}, "folder and title of the study; default: the file's stem"},
    {"seed", &StudySpec::seed, {.low = 0}, "every random stream of the study starts from it"},
    {"folder",
     &StudySpec::folder,
     {},
     "where the study lives, relative to the working directory; default: studies/NAME"},
    {"order",
     &StudySpec::order,
     {.words = kOrders},
     "strict: results enter in the order of the trials, so that timing changes nothing"},
    {"lookahead",
     &StudySpec::lookahead,
     {.low = 1, .high = 4096},
     "with order strict a proposal sees the trials up to that many before its own; no more run at once"},
    {"cache", &StudySpec::cache, {}, "a configuration that was tried before is answered from memory"},
    {"tags", &StudySpec::tags, {}, "words to find the study by", FieldForm::texts},
    {"on_finish",
     &StudySpec::on_finish,
     {},
     "program and arguments, run once at the end with the result as JSON on stdin",
     FieldForm::texts},
};

constexpr Field<ParameterSpec> kParameterFields[] = {
    {"low", &ParameterSpec::low, {}, "smallest value of a float or int, inclusive"},
    {"high", &ParameterSpec::high, {}, "largest value of a float or int, inclusive"},
    {"step", &ParameterSpec::step, {.low = 0, .above_low = true}, "distance between values, counted from low"},
    {"when", &ParameterSpec::when, {}, "expression over other parameters: the parameter exists only when it is true"},
};

constexpr Field<ObjectiveSpec> kObjectiveFields[] = {
    {"metric",
     &ObjectiveSpec::metric,
     {.required = true},
     "what is judged: val_accuracy and the like, or a name the command reports"},
    {"from", &ObjectiveSpec::from, {}, "which reports count: last, best, or mean:K for the mean of the last K"},
    {"tolerance",
     &ObjectiveSpec::tolerance,
     {.low = 0},
     "share of the best value that may be lost for the objectives after this one: they count in file order",
     FieldForm::share},
    {"reference", &ObjectiveSpec::reference, {}, "worst value that still counts for the hypervolume"},
    {"unit", &ObjectiveSpec::unit, {}, "unit of the metric, for people"},
};

constexpr Field<ConstraintsSpec> kConstraintsFields[] = {
    {"forbid",
     &ConstraintsSpec::forbid,
     {},
     "expressions over parameters and derived values; where one is true nothing is tried",
     FieldForm::texts},
    {"require",
     &ConstraintsSpec::require,
     {},
     "expressions that must be true, or read a parameter that does not exist then",
     FieldForm::texts},
    {"outcome",
     &ConstraintsSpec::outcome,
     {},
     "comparisons of metrics that a trial must keep: latency_ms <= 5, accuracy >= 0.98 * baseline",
     FieldForm::texts},
    {"probability",
     &ConstraintsSpec::probability,
     {.low = 0, .high = 1, .above_low = true},
     "chance of keeping every outcome that a proposal should have"},
};

constexpr Field<SamplerSpec> kSamplerFields[] = {
    {"kind", &SamplerSpec::kind, {}, "what proposes configurations; auto lets several take turns"},
    {"initial", &SamplerSpec::initial, {.low = 0, .words = kAuto}, "quasi-random trials before the model is asked"},
    {"dedupe", &SamplerSpec::dedupe, {}, "a configuration is proposed only once"},
    {"failures",
     &SamplerSpec::failures,
     {.words = kFailures},
     "learn: failed trials count as bad ones; ignore: they teach nothing"},
    {"ask_limit",
     &SamplerSpec::ask_limit,
     {.low = 0, .above_low = true},
     "share of the median trial's time that one proposal of auto may take; a quarter of a second it always may",
     FieldForm::share},
};

constexpr Field<SchedulerSpec> kSchedulerFields[] = {
    {"kind",
     &SchedulerSpec::kind,
     {},
     "who gets more budget; auto is asha when max is at least 4 times min, else none"},
};

constexpr Field<FidelitySpec> kFidelityFields[] = {
    {"unit", &FidelitySpec::unit, {}, "what a trial's budget counts: epochs, steps, rounds"},
    {"min", &FidelitySpec::min, {.low = 0, .above_low = true}, "smallest budget worth a look"},
    {"max",
     &FidelitySpec::max,
     {.low = 0, .above_low = true, .required = true},
     "what one trial may be given, all launches together"},
};

constexpr Field<TrainerSpec> kTrainerFields[] = {
    {"kind",
     &TrainerSpec::kind,
     {.words = kTrainerKinds, .required = true},
     "builtin: hone trains; command: your program does"},
};

constexpr Field<TrainerSpec> kCommandFields[] = {
    {"command",
     &TrainerSpec::command,
     {.required = true},
     "program and arguments; {lr} {params} {seed} {budget} {folder} {checkpoint} are replaced",
     FieldForm::texts},
    {"cwd",
     &TrainerSpec::cwd,
     {},
     "working folder of the command; default: the spec's folder; \"{folder}\" is the trial's own",
     FieldForm::path},
    {"checkpoints", &TrainerSpec::checkpoints, {}, "the command writes checkpoints and can go on from them"},
    {"watches_stop", &TrainerSpec::watches_stop, {}, "the command looks at $HONE_STOP_FILE and ends by itself"},
};

constexpr Field<CommandMetrics> kCommandMetricsFields[] = {
    {"from",
     &CommandMetrics::from,
     {},
     "auto (whatever the script prints or writes), report (JSON lines), stdout, or file:NAME in the trial's folder"},
    {"regex", &CommandMetrics::regex, {}, "regular expression with groups metric, value and optionally step"},
    {"preset", &CommandMetrics::preset, {.words = kPresets}, "instead of regex: what scripts for another tool print"},
};

constexpr Field<ModelSection> kModelFields[] = {
    {"family", &ModelSection::family, {.required = true}, "architecture; its options stand beside it"},
};

constexpr Field<DatasetSpec> kSourceFields[] = {
    {"source",
     &DatasetSpec::source,
     {.required = true},
     "the file or folder with the rows, relative to the spec file; or {train, validation, test}, a file for each part",
     FieldForm::path},
};

constexpr Field<PartFiles> kPartFileFields[] = {
    {"train", &PartFiles::train, {.required = true}, "the rows to train on", FieldForm::path},
    {"validation", &PartFiles::validation, {}, "the rows that judge trials", FieldForm::path},
    {"test", &PartFiles::test, {}, "the rows that are read once, at the end", FieldForm::path},
};

constexpr Field<DatasetSpec> kDatasetFields[] = {
    {"origin", &DatasetSpec::origin, {}, "where the data can be had; said when they are not there"},
    {"format", &DatasetSpec::format, {.words = kFormats}, "how the source is written; also .gz"},
    {"shape",
     &DatasetSpec::shape,
     {.low = 1},
     "[channels, height, width]: the columns are pixels, integers 0 to 255",
     FieldForm::sizes},
    {"target",
     &DatasetSpec::target,
     {},
     "column of a table to predict: its name, or its number from 1, -1 = the last",
     FieldForm::column},
    {"task",
     &DatasetSpec::task,
     {.words = kTasks},
     "auto: classification for text and for integers with up to 100 values"},
    {"header", &DatasetSpec::header, {.words = kHeaders}, "the first line holds the names of the columns"},
    {"columns", &DatasetSpec::columns, {}, "names of the columns where the file has none", FieldForm::texts},
    {"separator", &DatasetSpec::separator, {}, "the one character between values, or auto"},
    {"missing", &DatasetSpec::missing, {}, "texts that stand for no value", FieldForm::texts},
    {"drop", &DatasetSpec::drop, {}, "columns left out", FieldForm::texts},
    {"categorical",
     &DatasetSpec::categorical,
     {},
     "columns that are nominal although they hold numbers",
     FieldForm::texts},
    {"integers",
     &DatasetSpec::integers,
     {.words = kIntegers},
     "what a column of numbers without a decimal point is; nominal for tables whose texts were made numbers (PMLB)"},
    {"numeric",
     &DatasetSpec::numeric,
     {.words = kNumerics},
     "how numbers are scaled, as the training rows have them; auto: standard, mean 0 and spread 1"},
    {"categories",
     &DatasetSpec::categories,
     {.words = kCategories},
     "how nominal columns are shown to the model; auto: onehot, from 10 levels on embedding where the family has it"},
    {"image_size",
     &DatasetSpec::image_size,
     {.low = 1, .high = 4096},
     "[height, width] that images are brought to",
     FieldForm::sizes},
    {"limit", &DatasetSpec::limit, {.low = 1}, "reads only so many rows"},
};

constexpr Field<SplitSpec> kSplitFields[] = {
    {"kind",
     &SplitSpec::kind,
     {.words = kSplits},
     "holdout: shares of the rows; files, column: as the source says; auto: files where it does"},
    {"validation",
     &SplitSpec::validation,
     {.low = 0, .high = 0.9, .above_low = true},
     "share that judges trials; of files: of the training rows, where none judges by itself"},
    {"test", &SplitSpec::test, {.low = 0, .high = 0.9}, "share that is read once, at the end"},
    {"seed", &SplitSpec::seed, {.low = 0}, "which rows fall into which part"},
    {"stratify", &SplitSpec::stratify, {}, "every part holds every class's share"},
    {"by", &SplitSpec::by, {}, "of kind column: the column that says train, validation or test"},
};

constexpr Field<ResourcesSpec> kResourcesFields[] = {
    {"executor", &ResourcesSpec::executor, {.words = kExecutors}, "where trials run"},
    {"slots",
     &ResourcesSpec::slots,
     {.low = 1, .high = 4096, .words = kAuto},
     "trials at once; auto: cores / cpus_per_trial"},
    {"cpus_per_trial", &ResourcesSpec::cpus_per_trial, {.low = 1, .high = 4096}, "cores and threads of one trial"},
    {"timeout",
     &ResourcesSpec::timeout,
     {.low = 0, .above_low = true, .words = kNone},
     "longest time of one attempt",
     FieldForm::duration},
    {"stall",
     &ResourcesSpec::stall,
     {.low = 0, .above_low = true, .words = kNone},
     "longest time without a report",
     FieldForm::duration},
    {"grace",
     &ResourcesSpec::grace,
     {.low = 0},
     "time between a polite and a hard end of a process",
     FieldForm::duration},
    {"soft_grace",
     &ResourcesSpec::soft_grace,
     {.low = 0},
     "time between the stop file and the polite end, for who watches it",
     FieldForm::duration},
};

constexpr Field<BudgetSpec> kBudgetFields[] = {
    {"trials", &BudgetSpec::trials, {.low = 1}, "configurations to try"},
    {"units", &BudgetSpec::units, {.low = 0, .above_low = true}, "units of [fidelity], summed over all launches"},
    {"wall", &BudgetSpec::wall, {.low = 0, .above_low = true}, "time of the search", FieldForm::duration},
    {"patience", &BudgetSpec::patience, {.low = 1}, "trials without a better one that end the search"},
    {"target", &BudgetSpec::target, {}, "objective that ends the search when reached"},
    {"failures", &BudgetSpec::failures, {.low = 1}, "failed trials in a row that end the study"},
};

constexpr Field<ConfirmSpec> kConfirmFields[] = {
    {"top", &ConfirmSpec::top, {.low = 1}, "how many of the best are run again"},
    {"seeds", &ConfirmSpec::seeds, {.low = 2}, "fresh seeds each of them gets"},
    {"rule",
     &ConfirmSpec::rule,
     {.words = kConfirmRules},
     "who wins: the best lower bound of its interval, or the best mean"},
    {"alpha", &ConfirmSpec::alpha, {.low = 0, .high = 0.5, .above_low = true}, "error the intervals may have"},
};

constexpr Field<ReportSpec> kReportFields[] = {
    {"html", &ReportSpec::html, {}, "also write the page index.html"},
    {"trials", &ReportSpec::trials, {.low = 1}, "trials shown at most"},
    {"title", &ReportSpec::title, {}, "headline; default: the study's name"},
};

}  // namespace

std::span<const Field<StudySpec>> study_fields() { return kStudyFields; }
std::span<const Field<ParameterSpec>> parameter_fields() { return kParameterFields; }
std::span<const Field<ObjectiveSpec>> objective_fields() { return kObjectiveFields; }
std::span<const Field<ConstraintsSpec>> constraints_fields() { return kConstraintsFields; }
std::span<const Field<SamplerSpec>> sampler_fields() { return kSamplerFields; }
std::span<const Field<SchedulerSpec>> scheduler_fields() { return kSchedulerFields; }
std::span<const Field<FidelitySpec>> fidelity_fields() { return kFidelityFields; }
std::span<const Field<TrainerSpec>> trainer_fields_of_spec() { return kTrainerFields; }
std::span<const Field<TrainerSpec>> command_fields() { return kCommandFields; }
std::span<const Field<CommandMetrics>> command_metrics_fields() { return kCommandMetricsFields; }
std::span<const Field<ModelSection>> model_fields() { return kModelFields; }
std::span<const Field<DatasetSpec>> source_fields() { return kSourceFields; }
std::span<const Field<PartFiles>> part_file_fields() { return kPartFileFields; }
std::span<const Field<DatasetSpec>> dataset_fields() { return kDatasetFields; }
std::span<const Field<SplitSpec>> split_fields() { return kSplitFields; }
std::span<const Field<ResourcesSpec>> resources_fields() { return kResourcesFields; }
std::span<const Field<BudgetSpec>> budget_fields() { return kBudgetFields; }
std::span<const Field<ConfirmSpec>> confirm_fields() { return kConfirmFields; }
std::span<const Field<ReportSpec>> report_fields() { return kReportFields; }

}  // namespace hone
