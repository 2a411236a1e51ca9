#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "configs/experiment_spec.h"
#include "configs/expressions.h"
#include "core/param_value.h"

namespace hone {

/// The part of [constraints] that is known before a trial starts: clauses over parameters and values derived from them
/// (search.md §2). Immutable and copyable.
///
/// A clause that reads a parameter without a value (an inactive one, or one not yet chosen) counts as satisfied. One
/// that cannot be computed (a division by zero) is not.
class Clauses {
 public:
  Clauses() = default;
  /// Derived values may read each other in any order. Throws Error("expression::…") for what load_spec would refuse.
  Clauses(const ConstraintsSpec& constraints, const Origins& origins);

  bool empty() const { return clauses_.empty() && derived_.empty(); }
  bool allow(const Params& params) const { return !first_broken(params).has_value(); }
  /// A clause that the parameters break, as the user wrote it with its place in the spec ("constraints.forbid[0]").
  struct Broken {
    std::string path;
    std::string text;
    /// Parameters that it reads, by way of derived values too.
    std::vector<std::string> reads;
  };
  std::optional<Broken> broken(const Params& params) const;
  /// Values derived from the parameters; those that read a missing parameter are left out.
  Params derived(const Params& params) const;
  /// Whether any clause or derived value reads a parameter.
  bool reads(const std::string& parameter) const;

 private:
  struct Clause {
    Expression expression;
    /// Of forbid; the others must be true.
    bool forbids = false;
    std::string path;
    std::string text;
    std::vector<std::string> reads;
  };
  struct Derived {
    std::string name;
    Expression expression;
    std::string path;
    std::string text;
    std::vector<std::string> reads;
  };

  void add_derived(const ConstraintsSpec& constraints, const Origins& origins);
  void add_clauses(const std::string& key, const std::vector<std::string>& texts, const Origins& origins);
  std::vector<std::string> parameters_of(const Expression& expression) const;
  /// Number of the first clause or derived value (counted behind the clauses) that does not hold.
  std::optional<std::size_t> first_broken(const Params& params) const;
  /// Adds the derived values to `values`; the number of the first that cannot be computed.
  std::optional<std::size_t> derive(Params& values) const;

  std::vector<Clause> clauses_;
  /// Each reads only parameters and those before it.
  std::vector<Derived> derived_;
};

}  // namespace hone
