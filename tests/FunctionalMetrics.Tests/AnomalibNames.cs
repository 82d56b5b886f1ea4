namespace FunctionalMetrics.Tests;

/// <summary>
/// Every public name of anomalib.utils.metrics (0.2 to 0.7) and of anomalib.metrics (1.0 to 2.0, where PIMO's own members are left out):
/// classes, functions, parameters of constructors and functions, methods and attributes, and how its errors and warnings begin.
/// </summary>
internal static class AnomalibNames
{
    public static string[] All => [.. Names.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), .. Sentences];

    private const string Names = """
        AUROC AUPR AUPRO PRO OptimalF1 F1Max F1Score AdaptiveThreshold AnomalyScoreThreshold F1AdaptiveThreshold ManualThreshold Threshold
        BaseThreshold AnomalyScoreDistribution MinMax BinaryPrecisionRecallCurve AnomalibMetricCollection AnomalibMetric Evaluator PIMO AUPIMO
        PIMOResult AUPIMOResult PrecisionRecallCurve ROC BinaryROC MetricCollection

        metric_collection_from_names metric_collection_from_dicts create_metric_collection get_metrics create_anomalib_metric plot_figure
        pro_score connected_components_cpu connected_components_gpu thresholds_between_min_and_max thresholds_between_0_and_1

        num_classes default_value compute_on_step dist_sync_on_step process_group dist_sync_fn fpr_limit num_thresholds threshold
        multidim_average ignore_index validate_args thresholds metric_names metrics config prefix class_path init_args anomaly_scores
        anomaly_maps predictions targets preds target comps cca num_iterations old_x old_y new_x x_vals y_vals auc xlim ylim xlabel ylabel loc
        title sample_points device fields strict val_metrics test_metrics compute_on_cpu

        update compute _compute reset generate_figure perform_cca compute_pro interp1d set_threshold update_called __repr__ validate_metrics
        metrics_to_cpu on_validation_batch_end on_validation_epoch_end on_test_batch_end on_test_epoch_end setup is_differentiable
        higher_is_better full_state_update value image_mean image_std pixel_mean pixel_std min max precision_recall_curve confmat
        default_fields name

        ValueError TypeError AttributeError AssertionError NotImplementedError
        """;

    private static readonly string[] Sentences =
    [
        "masks outside [0, 1]",
        "metrics must be a list or a dict",
        "All metrics must be strings",
        "All keys (metric names) must be strings",
        "All values must be dictionaries",
        "Class … not found in module",
        "No metric with name … found",
        "Incorrect constructor arguments",
        "no anomalous image at the adaptive threshold",
        "the deprecation warnings of `OptimalF1`, `F1Score` and `BaseThreshold`",
        "Batch fields must be provided for metric",
        "Cannot update metric",
        "metrics must be an AnomalibMetric or a list",
        "Number of devices is greater than 1",
    ];
}
