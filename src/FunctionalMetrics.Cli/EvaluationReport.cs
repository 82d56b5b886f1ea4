namespace FunctionalMetrics.Cli;
internal static class EvaluationReport { public static string Html(Evaluation evaluation, string title) => title; }
