#include "configs/codes.h"

namespace hone {
namespace {

constexpr CodePage kPages[] = {
    {"spec::syntax",
     "The file is no TOML 1.0. The parser stops at the first such place, so that nothing else of the file could be "
     "checked; mend it and check again. The place is where the parser gave up: the cause often stands just before it.",
     "budget = {trials = 30", "budget = {trials = 30}"},
    {"spec::not-finite",
     "TOML knows nan and inf, a spec does not: no range, budget or option can be either. Leave an option out to have "
     "no limit.",
     "[budget]\ntarget = inf", "[budget]\ntarget = 0.98"},
    {"spec::unknown-key",
     "Nobody reads this key, so it would do nothing, silently. Usually it is a slip of the pen, and the nearest names "
     "of the same table are proposed. In [space] of a built-in trainer the names are options of [trainer] or of the "
     "chosen family in [model].",
     "[budget]\ntrails = 30", "[budget]\ntrials = 30"},
    {"spec::unused-option",
     "The key exists, but not for the kind that was chosen: it would be written and never read. Choose the kind that "
     "reads it, or remove the key. Options of a sampler stand in a table of its name.",
     "[scheduler]\nkind = \"none\"\neta = 3", "[scheduler]\nkind = \"asha\"\neta = 3"},
    {"spec::unused-section",
     "A command brings its own data and model, so [dataset], [model] and [compress] are read by built-in trainers "
     "only. Remove the section, or let hone train with kind = \"builtin\".",
     "[trainer]\nkind = \"command\"\ncommand = [\"./train\"]\n[model]\nfamily = \"mlp\"",
     "[trainer]\nkind = \"command\"\ncommand = [\"./train\"]"},
    {"spec::missing-section",
     "A section without which the study cannot run is not there. Every study needs [objective], [trainer] and "
     "[budget]; a built-in trainer needs [dataset] and [model] too; the schedulers asha, hyperband, pbt and pb2 need "
     "[fidelity]. `hone ask-tell` needs [space] and [objective] only.",
     "objective = {metric = \"loss\", goal = \"minimize\"}",
     "objective = {metric = \"loss\", goal = \"minimize\"}\nbudget = {trials = 30}\n[trainer]\n…"},
    {"spec::cannot-copy",
     "The schedulers pbt and pb2 let a bad trial's place be taken by a copy of a good one, which goes on from the good "
     "one's checkpoint with parameters of its own. A command says by checkpoints = true that it can go on from the "
     "file "
     "in HONE_RESUME. The built-in trainers go on only with the options they began with.",
     "scheduler = {kind = \"pbt\"}\n[trainer]\nkind = \"command\"\ncommand = [\"./train\"]",
     "scheduler = {kind = \"pbt\"}\n[trainer]\nkind = \"command\"\ncommand = [\"./train\"]\ncheckpoints = true"},
    {"spec::missing-key",
     "A key that has no default is not written. `hone explain` lists the keys of the section; those marked required "
     "must stand there.",
     "[objective]\nmetric = \"val_accuracy\"", "[objective]\nmetric = \"val_accuracy\"\ngoal = \"maximize\""},
    {"spec::wrong-type",
     "The value has another type than the key wants: a text where a number belongs, a number where a list belongs. "
     "Numbers stand without quotes, texts in quotes.",
     "[budget]\ntrials = \"30\"", "[budget]\ntrials = 30"},
    {"spec::bare-number",
     "Durations, sizes and shares carry their unit, because a bare number would be read as seconds by one person and "
     "minutes by another. Write the number with its unit in quotes: ms s m h d, B KiB MiB GiB, %.",
     "[budget]\nwall = 30", "[budget]\nwall = \"30m\""},
    {"spec::out-of-range",
     "The value has the right type but cannot be meant: it lies outside of what the key accepts, or contradicts a "
     "neighbour (low above high, min above max, a default outside of its range). The message says what would fit.",
     "[space.rate]\ntype = \"float\"\nlow = 0.0\nhigh = 1.0\nlog = true",
     "[space.rate]\ntype = \"float\"\nlow = 1e-4\nhigh = 1.0\nlog = true"},
    {"spec::unknown-word", "The key takes one of a few words and this is none of them. The message lists them all.",
     "[objective]\nmetric = \"loss\"\ngoal = \"minimise\"", "[objective]\nmetric = \"loss\"\ngoal = \"minimize\""},
    {"spec::not-built",
     "The kind exists, but this hone was built without it: limbo needs headers of others, which are found and never "
     "shipped. Build with -DHONE_WITH_LIMBO=ON, or choose another kind.",
     "[sampler]\nkind = \"limbo\"", "[sampler]\nkind = \"gp\""},
    {"spec::bad-name",
     "Names become folders, variables and words of expressions. A parameter is called by letters, digits and _, no "
     "digit first, and not like a word of expressions or a built-in placeholder; a study's name is usable as a folder.",
     "[space]\n\"learning rate\" = {type = \"float\", low = 0.1, high = 1.0}",
     "[space]\nlearning_rate = {type = \"float\", low = 0.1, high = 1.0}"},
    {"spec::name-clash",
     "A command gets every parameter as an environment variable HONE_PARAM_NAME in upper case. Two parameters that "
     "differ in case alone would overwrite each other; rename one.",
     "[space]\nlr = {…}\nLR = {…}", "[space]\nlr = {…}\nlr_head = {…}"},
    {"spec::ambiguous-name",
     "Both the family and the trainer have an option of this name, so it is not clear which one is searched. Put the "
     "section in front.",
     "[space]\ndropout = {type = \"float\", low = 0.0, high = 0.5}",
     "[space]\nmodel.dropout = {type = \"float\", low = 0.0, high = 0.5}"},
    {"spec::not-searchable",
     "This option must be the same for all trials, otherwise they could not be compared or resumed. Fix it in its "
     "section and search something else.",
     "[space]\nprecision = {type = \"categorical\", choices = [\"auto\", \"fp32\"]}",
     "[trainer]\nprecision = \"fp32\""},
    {"spec::fixed-and-searched",
     "The same option has a fixed value in [trainer] or [model] and a range in [space]. One of the two would be "
     "ignored; keep the one that is meant.",
     "[trainer]\nbatch_size = 32\n[space]\nbatch_size = {type = \"int\", low = 16, high = 64}",
     "[space]\nbatch_size = {type = \"int\", low = 16, high = 64, default = 32}"},
    {"spec::unknown-metric",
     "Built-in trainers report a fixed list of metrics, and trials are judged by those on validation rows: "
     "val_accuracy, "
     "val_loss and the like. Some exist for classification only, some for regression only. Names of a command are "
     "free.",
     "[objective]\nmetric = \"accuracy\"\ngoal = \"maximize\"",
     "[objective]\nmetric = \"val_accuracy\"\ngoal = \"maximize\""},
    {"spec::test-objective",
     "Test rows are read once, after everything was chosen: whatever chooses by them makes their figure too good. "
     "Judge trials by validation rows; the test figure stands in the report.",
     "[objective]\nmetric = \"test_accuracy\"\ngoal = \"maximize\"",
     "[objective]\nmetric = \"val_accuracy\"\ngoal = \"maximize\""},
    {"spec::wrong-goal",
     "The goal asks for worse values of a metric whose direction is known. Accuracies and r2 are maximized, losses and "
     "errors are minimized.",
     "[objective]\nmetric = \"val_accuracy\"\ngoal = \"minimize\"",
     "[objective]\nmetric = \"val_accuracy\"\ngoal = \"maximize\""},
    {"spec::several-objectives",
     "[compress] makes the best trial smaller, and with several objectives there are several best ones. Keep the most "
     "important objective, and bound the other metric in [constraints] outcome; or remove [compress].",
     "objective = [{metric = \"val_auc\", goal = \"maximize\"}, {metric = \"val_loss\", goal = \"minimize\"}]\n"
     "compress = {}",
     "objective = {metric = \"val_auc\", goal = \"maximize\"}\nconstraints = {outcome = [\"val_loss <= 0.3\"]}\n"
     "compress = {}"},
    {"spec::bad-tolerance",
     "With tolerance the objectives count in file order: of all trials that lose no more than the tolerance on the "
     "first, the second decides, and so on. So all but the last have one. Without any, the trials that no other beats "
     "in everything are the answer.",
     "objective = [{metric = \"acc\", goal = \"maximize\"}, {metric = \"ms\", goal = \"minimize\", tolerance = "
     "\"5%\"}]",
     "objective = [{metric = \"acc\", goal = \"maximize\", tolerance = \"5%\"}, {metric = \"ms\", goal = "
     "\"minimize\"}]"},
    {"spec::no-baseline",
     "`baseline` in [constraints] outcome stands for the baseline of the metric that the clause compares. The table "
     "constraints.baseline has no value of it, or the clause reads several metrics.",
     "[constraints]\noutcome = [\"acc >= 0.98 * baseline\"]",
     "[constraints]\noutcome = [\"acc >= 0.98 * baseline\"]\nbaseline = {acc = 0.91}"},
    {"spec::bad-placeholder",
     "{NAME} in a command is replaced by the parameter of that name, and {NAME: DECL} declares it: LOW..HIGH [int] "
     "[log] "
     "[step=N] [= DEFAULT], or WORD|WORD… [= DEFAULT]. This placeholder is close to a known name or looks like a "
     "declaration, but is neither, so that it would be passed on as text by mistake. Double the opening brace if the "
     "text "
     "itself is meant.",
     "command = [\"./train\", \"--lr={lrr}\"]", "command = [\"./train\", \"--lr={lr}\"]"},
    {"spec::bad-regex",
     "The expression that finds metrics in a command's output needs a group `metric` for the name and a group `value` "
     "for the number; a group `step` may say how far training is.",
     "metrics = {from = \"stdout\", regex = 'loss=(\\S+)'}",
     "metrics = {from = \"stdout\", regex = '(?P<metric>loss)=(?P<value>\\S+)'}"},
    {"spec::bad-env",
     "A reference to an environment variable is written ${env:NAME}, or ${env:NAME:-default} for a text that stands "
     "in when it is not set or empty.",
     "source = \"${env:}\"", "source = \"${env:DATA:-digits.csv}\""},
    {"spec::env-unset",
     "The spec refers to an environment variable that is not set or empty, and gives no default. Set it before you "
     "start hone, or write a default behind `:-`.",
     "source = \"${env:DATA}\"", "source = \"${env:DATA:-digits.csv}\""},
    {"spec::bad-include",
     "`include` is a file name, or a list of file names and tables {file = \"…\", optional = true}. Later files win "
     "over "
     "earlier ones, and the file itself wins over all.",
     "include = [{path = \"base.toml\"}]", "include = [{file = \"base.toml\"}]"},
    {"spec::include-missing",
     "An included file does not exist or cannot be read; it is looked for relative to the file that includes it. Mark "
     "it optional if it may be absent.",
     "include = [\"gpu.toml\"]", "include = [{file = \"gpu.toml\", optional = true}]"},
    {"spec::include-cycle",
     "Files include each other in a circle, which the message shows. Move what they share into a third file.",
     "# a.toml\ninclude = \"b.toml\"\n# b.toml\ninclude = \"a.toml\"",
     "# a.toml\ninclude = \"base.toml\"\n# b.toml\ninclude = \"base.toml\""},
    {"spec::include-deep",
     "Includes may be nested 16 deep. Nobody follows a spec over more files; put some of them together.",
     "include = \"17-levels.toml\"", "include = \"base.toml\""},
    {"spec::bad-override",
     "--set takes a dotted key and a TOML value: section.key=value, with [0] for an item of a list. Quote the whole "
     "for your shell when it holds blanks, brackets or quotes.",
     "hone run x.toml --set trials", "hone run x.toml --set budget.trials=100"},
    {"spec::bare-word",
     "The value of a --set is no TOML and was taken as a text. That is right for words; for numbers it is not: .5 is "
     "no TOML, 0.5 is. Quotes make it certain.",
     "hone run x.toml --set study.name=fast", "hone run x.toml --set 'study.name=\"fast\"'"},
    {"expression::syntax",
     "The expression cannot be read at the marked place. There are numbers, 'texts', true, false, names, + - * / // % "
     "**, comparisons, in [..], and, or, not, and the functions min max abs log log2 exp floor ceil.",
     "when = \"optimizer = 'sgd'\"", "when = \"optimizer == 'sgd'\""},
    {"expression::unknown-function",
     "Expressions know the functions min max abs log log2 exp floor ceil and no others.", "when = \"ln(width) > 3\"",
     "when = \"log(width) > 3\""},
    {"expression::type",
     "A text is compared or calculated with a number, or something that is neither true nor false stands where a "
     "condition is wanted. Texts know == != and in only.",
     "when = \"optimizer > 3\"", "when = \"optimizer == 'sgd'\""},
    {"expression::domain",
     "The expression gives no finite number for these values: a division by zero, the logarithm of nothing, a power "
     "that is too large.",
     "when = \"1 / (depth - 1) > 0.2\"", "when = \"depth > 1 and depth < 6\""},
    {"expression::too-long",
     "Expressions hold at most 1,000 parts and 100 levels of nesting, so that each is checked in no time.",
     "when = \"((((((…))))))\"", "when = \"depth > 1\""},
    {"space::unknown-name",
     "A condition or a clause reads a name that is no parameter of [space]. Both see searched parameters only: what is "
     "fixed in [trainer] or [model] never changes. Clauses of forbid and require may read derived values too; those of "
     "outcome read metrics.",
     "momentum = {…, when = \"optimiser == 'sgd'\"}", "momentum = {…, when = \"optimizer == 'sgd'\"}"},
    {"space::bad-condition",
     "The condition compares a parameter with a value it never takes, so that it would be always true or always false.",
     "momentum = {…, when = \"optimizer == 'sdg'\"}", "momentum = {…, when = \"optimizer == 'sgd'\"}"},
    {"space::cycle",
     "The conditions of some parameters depend on one another, or on the parameter itself, so that none of them could "
     "be chosen first. Let them depend on a parameter that always exists. Derived values that are computed from each "
     "other are the same mistake.",
     "a = {…, when = \"b > 1\"}\nb = {…, when = \"a > 1\"}", "a = {…}\nb = {…, when = \"a > 1\"}"},
    {"compress::bad-limit",
     "A limit is a figure, one of <= >= ==, and a number with its unit. Figures are size, params, macs, latency_p50 "
     "(with @batch=32 for the rows of a call), a metric, or a metric's worsening such as accuracy_drop. Units are % "
     "and "
     "x of the source, pt for hundredths, KiB, MiB, us, ms.",
     "limits = [\"size < 25%\"]", "limits = [\"size <= 25%\"]"},
};

}  // namespace

std::span<const CodePage> code_pages() { return kPages; }

const CodePage* find_code_page(std::string_view code) {
  for (const auto& pages : {code_pages(), running_code_pages(), program_code_pages()}) {
    for (const CodePage& page : pages) {
      if (page.code == code) return &page;
    }
  }
  return nullptr;
}

std::vector<std::string> code_names() {
  std::vector<std::string> names;
  for (const auto& pages : {code_pages(), running_code_pages(), program_code_pages()}) {
    for (const CodePage& page : pages) names.emplace_back(page.code);
  }
  return names;
}

}  // namespace hone
