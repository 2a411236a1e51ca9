#pragma once

#include <string>

#include "cli/study_view.h"

namespace hone {

/// The study as an Optuna journal (cli.md §9): a JSON line for the study and one for each trial of the search that has
/// ended, for `optuna.storages.JournalStorage(JournalFileBackend(FILE))`. Completed trials are complete there, stopped
/// and rested ones pruned, failed ones failed; those that still go on and repeats for confirmation are left out.
/// Violations of outcome constraints stand where Optuna's samplers look for them. A file of its own: never appended to
/// one of Optuna's.
std::string optuna_journal(const StudyView& study);

}  // namespace hone
