#include "search/limbo/limbo_model.h"

#include <nlopt.h>

#include <Eigen/Core>
#include <limbo/acqui/ei.hpp>
#include <limbo/kernel/squared_exp_ard.hpp>
#include <limbo/mean/data.hpp>
#include <limbo/model/gp.hpp>
#include <limbo/opt/nlopt_no_grad.hpp>
#include <limbo/opt/rprop.hpp>

namespace hone {
namespace {

/// limbo's settings: its own defaults.
struct Settings {
  struct kernel : limbo::defaults::kernel {};
  struct kernel_squared_exp_ard : limbo::defaults::kernel_squared_exp_ard {};
  struct opt_rprop : limbo::defaults::opt_rprop {};
  struct opt_nloptnograd : limbo::defaults::opt_nloptnograd {};
  struct acqui_ei : limbo::defaults::acqui_ei {};
};

/// limbo's fit without its complaint on stderr when a copy goes away without having been used.
struct QuietFit : limbo::model::gp::KernelLFOpt<Settings, limbo::opt::Rprop<Settings>> {
  QuietFit() { _called = true; }
};

using Model = limbo::model::GP<Settings, limbo::kernel::SquaredExpARD<Settings>, limbo::mean::Data<Settings>, QuietFit>;

Eigen::VectorXd vector_of(const std::vector<double>& values) {
  return Eigen::Map<const Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
}

std::vector<double> values_of(const Eigen::VectorXd& vector) { return {vector.data(), vector.data() + vector.size()}; }

Model model_of(const LimboData& data, const std::vector<double>& kernel) {
  Model model(static_cast<int>(data.points.front().size()), 1);
  std::vector<Eigen::VectorXd> samples;
  std::vector<Eigen::VectorXd> observations;
  for (std::size_t i = 0; i < data.points.size(); ++i) {
    samples.push_back(vector_of(data.points[i]));
    observations.push_back(vector_of({data.values[i]}));
  }
  if (!kernel.empty()) model.kernel_function().set_h_params(vector_of(kernel));
  model.compute(samples, observations);
  return model;
}

}  // namespace

std::vector<double> fit_limbo_kernel(const LimboData& data) {
  Model model = model_of(data, {});
  model.optimize_hyperparams();
  return values_of(model.kernel_function().h_params());
}

LimboPoint limbo_proposal(const LimboData& data, const std::vector<LimboPoint>& pending,
                          const std::vector<double>& kernel, const LimboPoint& start, std::uint64_t seed) {
  Model model = model_of(data, kernel);
  for (const LimboPoint& point : pending) model.add_sample(vector_of(point), model.mu(vector_of(point)));
  limbo::acqui::EI<Settings, Model> improvement(model);
  const auto first = [](const Eigen::VectorXd& value) { return value[0]; };
  const auto value = [&](const Eigen::VectorXd& point, bool gradient) { return improvement(point, first, gradient); };
  nlopt_srand(seed);
  limbo::opt::NLOptNoGrad<Settings> search;
  return values_of(search(value, vector_of(start), /*bounded=*/true));
}

}  // namespace hone
