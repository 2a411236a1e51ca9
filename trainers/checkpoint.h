#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "trainers/training_loop.h"

namespace hone {

/// What a checkpoint must have been made of to be resumed: SHA-256 over architecture, trainer options, seed and the
/// hash of the data. Another budget is not another training.
std::string training_identity(const Training& training, const std::string& data_hash);

/// Writes checkpoint-<epoch>.h5 into the folder (temporary name, fsync, rename) and removes all but the two newest.
/// Holds parameters, buffers, moments, steps, epoch, seed, best epoch with its tensors, patience. Returns its name.
std::string write_checkpoint(const std::filesystem::path& folder, const Training& training,
                             const std::string& identity);

/// Puts the training where `wanted` left it; when that file is missing, damaged or foreign, where the newest older
/// checkpoint of the folder did, else leaves it at the start. Every file passed over is told to `note` in a sentence.
/// Returns the name of the file used, empty for a start from nothing.
std::string resume_training(Training& training, const std::filesystem::path& folder, const std::string& wanted,
                            const std::string& identity, const std::function<void(const std::string&)>& note);

}  // namespace hone
