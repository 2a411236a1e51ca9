#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "configs/experiment_spec.h"

namespace hone {

/// Names inside a study folder (architecture.md "Study folder") and the store's meta keys that `hone run` writes.
inline constexpr const char* kStoreFile = "study.db";
inline constexpr const char* kSplitFile = "split.h5";
inline constexpr const char* kBestFolder = "best";
/// In best/: what the model does on test rows.
inline constexpr const char* kTestFile = "test.json";
inline constexpr const char* kCompressedFolder = "compressed";
inline constexpr const char* kReportFolder = "report";
/// The resolved spec as TOML, its SHA-256, the dataset file as a path, the spec file as it was typed, and the builds
/// that worked on the study, by ", ".
inline constexpr const char* kMetaSpec = "spec";
inline constexpr const char* kMetaSpecHash = "spec_sha256";
inline constexpr const char* kMetaDataset = "dataset";
inline constexpr const char* kMetaSpecFile = "spec_file";
/// The study after which --if-finished new began this one.
inline constexpr const char* kMetaFollows = "follows";
inline constexpr const char* kMetaBuilds = "builds";

/// Version, git hash and instruction set of this program: what a suggestion's last bits may depend on.
std::string this_build();

/// studies/<name> or what the spec says, relative to the working directory.
std::filesystem::path study_folder(const ExperimentSpec& spec);
/// Where imported data lie: <parent of the study folder>/.data.
std::filesystem::path data_folder(const std::filesystem::path& study);
std::filesystem::path trial_folder(const std::filesystem::path& study, std::int64_t trial);
/// stdout.<attempt>.log and stderr.<attempt>.log in the trial's folder.
std::filesystem::path trial_log(const std::filesystem::path& study, std::int64_t trial, std::int64_t attempt,
                                bool of_stderr);

/// A path as a user would type it: relative when it lies below the working directory.
std::string display_path(const std::filesystem::path& path);

/// The study folders directly in `folder`, by name.
std::vector<std::filesystem::path> studies_in(const std::filesystem::path& folder);

/// All study folders from `folder` downwards, by path; those inside of another study and hidden ones left out.
std::vector<std::filesystem::path> studies_below(const std::filesystem::path& folder);

/// The folder of the study that STUDY names: a spec file, a folder, a store file; empty: the current folder if it is a
/// study, else the only one in studies/. Throws Error("study::not-found") listing what there is.
std::filesystem::path find_study(const std::string& argument);

}  // namespace hone
