using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>
/// The classes of the C# shell: one for each metric at home, and one for each further level that has a state of another meaning. The rows of a
/// metric of scores are read by its own class.
/// </summary>
/// <param name="model">What was read of Core.</param>
public sealed class CSharpTypes(CoreModel model)
{
    private const string Namespace = "FunctionalMetrics.Core.";
    private const string Rows = "Rows";

    /// <summary>The members that every class has, whose names no parameter can take.</summary>
    private static readonly string[] Taken =
    [
        "Name",
        "State",
        "HigherIsBetter",
        "Update",
        "Merge",
        "Compute",
        "TryCompute",
        "Result",
        "Curve",
    ];

    /// <summary>A sentence for each parameter that cannot be a property.</summary>
    public IEnumerable<string> Problems =>
        from metric in model.Metrics
        from form in metric.Variants.Prepend(metric)
        from parameter in form.Parameters
        where Taken.Contains(CSharpText.Pascal(parameter.Name))
        select $"{metric.Name}: the parameter {parameter.Name} cannot be a property of {metric.Name}Metric, which has a member of that name; give it another.";

    /// <summary>The classes, by metric: the metric and its other forms, each at home and at its other levels.</summary>
    public IReadOnlyList<ShellClass> Classes =>
        [
            .. from metric in model.Metrics
            from form in metric.Variants.Where(variant => !IsInput(metric, variant)).Prepend(metric)
            let label = form == metric ? metric.Name : form.Name + metric.Name
            from made in Levels(form, label).Prepend(Home(form, label))
            select made,
        ];

    /// <summary>A form of the same state and result is one more batch that the metric's own class reads.</summary>
    private static bool IsInput(MetricModel metric, MetricModel variant) =>
        variant.Factory is null && variant.State == metric.State && variant.Result == metric.Result;

    private ShellClass Home(MetricModel metric, string label)
    {
        var rows = metric.Levels.Where(level => level is { Name: Rows, Method: not null });
        return Class($"{label}Metric", label, metric, null, metric.State, Made(metric)) with
        {
            Inputs =
            [
                new("Home", Made(metric.Owner, metric.Property), Batch(metric.Batch)),
                .. rows.Select(level => new ShellInput(level.Name, At(level, Made(metric.Owner, metric.Property)), Batch(level.Batch))),
                .. metric
                    .Variants.Where(variant => IsInput(metric, variant))
                    .Select(variant => new ShellInput(variant.Name, Made(variant.Owner, variant.Property), Batch(variant.Batch))),
            ],
        };
    }

    private IEnumerable<ShellClass> Levels(MetricModel metric, string label) =>
        from level in metric.Levels
        where level.Method is not null && level.Name != Rows
        let name = $"{level.Name.TrimEnd('s')}{label}Metric"
        select Class(name, label, metric, level, level.State, metric.Factory is null ? "Home" : At(level, Made(metric))) with
        {
            Inputs = [new("Home", At(level, Made(metric.Owner, metric.Property)), Batch(level.Batch))],
        };

    private static string Made(MetricModel metric) =>
        metric.Factory is null
            ? "Home"
            : $"{Short(metric.Owner)}.{metric.Factory}({string.Join(", ", metric.Parameters.Select(parameter => CSharpText.Pascal(parameter.Name)))})";

    private static string Made(string owner, string property) => $"{Short(owner)}.{property}";

    private static string At(LevelModel level, string metric) => $"{Short(level.Method!)}({metric})";

    private static string Short(string name) => name.Replace(Namespace, "", StringComparison.Ordinal);

    private ShellClass Class(string name, string label, MetricModel metric, LevelModel? level, TypeName state, string made)
    {
        var members = model.Results.Where(result => result.Type == metric.Result).SelectMany(result => result.Members).ToList();
        var numbers = members.Where(member => !member.IsMethod && IsDouble(member.Type)).ToList();
        var number =
            IsDouble(metric.Result) ? ""
            : (numbers.Find(member => member.Name is "Area" or "Value") ?? (numbers.Count == 1 ? numbers[0] : null)) is { } one
                ? $".{one.Name}"
            : null;
        var curve = metric.Result.Name.EndsWith("Curve", StringComparison.Ordinal)
            ? new ShellPart($"{metric.Result}", "")
            : members.Where(member => member.Name == "Curve").Select(member => new ShellPart($"{member.Type}", ".Curve")).FirstOrDefault();
        IEnumerable<ShellPart> parts = number is null
            ? numbers.Select(member => new ShellPart(member.Name, $".{member.Name}"))
            : [new("", number)];
        return new(name, label, metric, level, state, [], made, number, [.. parts], curve);
    }

    private static bool IsDouble(TypeName type) => type.FullName == "System.Double";

    private BatchModel Batch(TypeName type) => model.Batches.First(batch => batch.Type == type);
}
