#include "cli/commands/verb.h"

namespace hone {

namespace {

constexpr Verb kVerbs[] = {
    {"init", "Before", "write a commented spec that runs, for your data or your command", declare_init},
    {"check", "Before", "say everything that is wrong with a spec, and what was verified", declare_check,
     declare_check},
    {"explain", "Before", "show a spec as hone reads it, an error code, or what options exist", declare_explain},
    {"doctor", "Before", "look at worker, LibTorch, GPUs, disk and clock: what is there, and what to do",
     declare_doctor},
    {"run", "Running", "search, train, compress and report; the same command again resumes", declare_run, declare_run},
    {"ask-tell", "Running", "answer any program's questions for trials: JSON lines on stdin and stdout",
     declare_ask_tell},
    {"emit", "Running", "report metrics from a shell script that is a trial: hone emit acc=0.9 step=3", declare_emit},
    {"studies", "Looking", "all studies below a folder", declare_studies},
    {"status", "Looking", "counts by state, best trial, budget left", declare_status},
    {"ls", "Looking", "one row per trial", declare_ls},
    {"show", "Looking", "all that is known of one trial", declare_show},
    {"logs", "Looking", "what a trial printed", declare_logs},
    {"best", "Looking", "the best trial, its parameters and its model", declare_best},
    {"pareto", "Looking", "the trials that no other beats in every objective, their hypervolume and knee",
     declare_pareto},
    {"confirm", "Looking", "run the best trials again on fresh seeds and say which is really best", declare_confirm},
    {"report", "Looking", "write the report and say where it is", declare_report},
    {"verify", "Looking", "take every decision of the study again from its log and compare, bit for bit",
     declare_verify},
    {"export", "Models", "a study as a table for notebooks: CSV or JSON", declare_export},
    {"predict", "Models", "a class or value per row of a table", declare_predict},
    {"data", "Data and house", "import files into one data set file, say what such a file holds, check it",
     declare_data},
    {"simulate", "Data and house", "search recorded curves again: which settings would have been better",
     declare_simulate},
    {"space", "Data and house", "compare two spaces, or take a study over to a changed one", declare_space},
    {"completion", "Data and house", "teach bash, zsh or fish to complete hone", declare_completion},
    {"man", "Data and house", "the manual page of hone or of a verb", declare_man},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

}  // namespace hone
