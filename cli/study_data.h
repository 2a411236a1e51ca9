#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "cli/console.h"
#include "cli/interrupts.h"
#include "configs/data_facts.h"
#include "configs/load_spec.h"

namespace hone {

/// The data of a study, ready for briefs.
struct StudyData {
  DataFacts facts;
  /// Absolute.
  std::filesystem::path dataset;
  std::filesystem::path split;
};

/// Throws Error("data::no-source") with the place in the spec when the data file is not there.
void require_source(const LoadedSpec& loaded);

/// Has a worker import the source of `spec` into `folder` (<study>/../.data); quick when it is there already.
/// The split counts of the facts stay 0.
StudyData import_data(const ExperimentSpec& spec, const std::filesystem::path& folder, const Interrupts& interrupts);

/// Has a worker split the data into `file` and fills in the counts of the facts.
void split_data(const ExperimentSpec& spec, const std::filesystem::path& file, StudyData& data,
                const Interrupts& interrupts);

/// The member `dataset` of a brief: files and encoding.
nlohmann::json dataset_brief(const StudyData& data);

/// Import and split for a study; `known` are the facts of an earlier run. Throws Error("study::changed-data") when the
/// source holds other data now.
StudyData prepare_data(const ExperimentSpec& spec, const std::filesystem::path& study,
                       const std::optional<DataFacts>& known, const Interrupts& interrupts, Console& console);

}  // namespace hone
