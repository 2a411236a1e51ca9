#include "configs/codes.h"

namespace hone {
namespace {

constexpr CodePage kPages[] = {
    {"usage::no-verb",
     "hone was started without saying what to do. A verb comes first: `hone run SPEC`, `hone status`; `hone --help` "
     "lists them all.",
     "hone quickstart.toml", "hone run quickstart.toml"},
    {"usage::unknown-verb",
     "There is no such verb; those that look alike are proposed. Verbs are written out: there are no short forms.",
     "hone stat", "hone status"},
    {"usage::unknown-option",
     "The verb has no such option; those that look alike are proposed. `hone VERB --help` lists what it takes.",
     "hone ls --first 3", "hone ls --top 3"},
    {"usage::arguments",
     "An argument is missing, too many, or not what the option takes; the message says which. Whatever contains "
     "blanks, "
     "stars or braces stands in quotes, so that the shell leaves it alone.",
     "hone ls --where state == failed", "hone ls --where 'state == \"failed\"'"},
    {"usage::no-objective",
     "A command behind `--` says nothing of what is judged. --minimize or --maximize names a metric that it prints or "
     "reports; several of them make several objectives.",
     "hone run --trials 60 -- ./train {lr: 0..1.0}", "hone run --minimize loss --trials 60 -- ./train {lr: 0..1.0}"},
    {"usage::no-budget",
     "A command behind `--` says nothing of how much may be spent, and a search has no end of its own. --trials says "
     "how "
     "many configurations are tried, --set 'budget.wall=\"30m\"' for how long.",
     "hone run --minimize loss -- ./train {lr: 0..1.0}",
     "hone run --minimize loss --trials 60 -- ./train {lr: 0..1.0}"},
    {"usage::bad-require",
     "--require takes an expression over metrics that is true or false. It is judged on the best trial when the search "
     "has ended; exit code 6 says that it was not met.",
     "hone run x.toml --require val_accuracy", "hone run x.toml --require 'val_accuracy >= 0.98'"},
    {"usage::bad-deadline",
     "--deadline takes a time of day, which is the next such moment, a moment by RFC 3339 that lies ahead, or a "
     "duration "
     "from now. Nothing is launched after it; the same command goes on later.",
     "hone run x.toml --deadline 6", "hone run x.toml --deadline 06:00"},
    {"usage::bad-report",
     "hone emit takes NAME=NUMBER for each metric, and step, final=true, checkpoint=FILE, status, why and note as "
     "report "
     "lines have them.",
     "hone emit acc 0.9", "hone emit acc=0.9 step=3"},
    {"usage::no-trial",
     "hone emit writes a report line of the trial it is called in, which hone names by the variable HONE_REPORT. "
     "Outside "
     "of a trial there is none.",
     "hone emit acc=0.9", "hone run --maximize acc --trials 9 -- sh train.sh '{x: 0..1.0}'"},
    {"usage::folder",
     "The folder of -C cannot be entered: it does not exist, or you may not read it. Nothing was done.",
     "hone -C nowhere status", "hone -C studies/.. status"},
    {"usage::unknown-column",
     "The table has no such column; those that look alike are proposed. `hone ls --json` shows all that a trial has: "
     "parameters, metrics, state, attempts.",
     "hone ls --sort accurcy", "hone ls --sort val_accuracy"},
    {"usage::unknown-topic",
     "`hone explain` knows spec files, error codes, sections of a spec, samplers, schedulers and model families; this "
     "is none of them. `hone explain` alone lists what there is.",
     "hone explain smplers", "hone explain samplers"},
    {"trainer::unknown-metric",
     "Compression or a report asks for a metric that the model's task does not have, for example accuracy of a "
     "regression. `hone explain objective` says which metrics there are."},
    {"spec::unknown-option",
     "A trial was given an option that its trainer or family does not have. A spec is checked before it runs, so this "
     "happens only when a study goes on with another version of hone: use the one that began it, or start a new study "
     "with --new NAME."},
    {"spec::bad-option",
     "A trial was given a value that an option of its trainer or family does not take. A spec is checked before it "
     "runs, so this happens only when a study goes on with another version of hone: use the one that began it, or "
     "start a new study with --new NAME."},
    {"spec::unknown-family",
     "A trial was given a model family that this version does not know. The study was begun by a newer hone; go on "
     "with that."},
    {"protocol::bad-brief",
     "The worker was given a job it cannot read. hone and hone-worker come from different builds: install both from "
     "the same package. HONE_WORKER may name an old worker."},
    {"protocol::bad-report",
     "A line on the report descriptor is no JSON object of the protocol. For a command: each line written to "
     "HONE_REPORT_FD is one object such as {\"step\": 3, \"loss\": 0.4} and at most 4,096 bytes long."},
    {"protocol::bad-value",
     "A value of a report or a brief has the wrong type, or a number is not finite. Metrics are plain numbers; "
     "parameters are numbers, texts, true or false."},
    {"protocol::bad-diagnostic",
     "The worker said something that is no diagnostic. hone and hone-worker come from different builds: install both "
     "from the same package."},
    {"protocol::bad-facts",
     "What is kept about a data set cannot be read: the worker that imported it is of another version, or the file was "
     "changed by hand. Remove studies/.data and run again; nothing but time is lost."},
    {"worker::bug",
     "The worker met a mistake of its own while it did a job. The message names it, the trial's stderr log has more "
     "(`hone logs TRIAL --stderr`). Please report it with both."},
    {"internal::bug",
     "hone met a mistake of its own and stopped. The store is sound: every fact was written before it was acted upon, "
     "and the same command goes on. Please report the message and the version that `hone --version` prints."},
};

}  // namespace

std::span<const CodePage> program_code_pages() { return kPages; }

}  // namespace hone
