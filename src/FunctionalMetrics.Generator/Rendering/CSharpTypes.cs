using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Rendering;

/// <summary>
/// How the C# shell shows Core: Option, Fin and Seq turn into null, an exception and an array; results that speak LanguageExt turn into the types
/// that are generated for them. And its classes: one for each metric at home, and one for each further level that has a state of another meaning. The rows of a
/// metric of scores are read by its own class.
/// </summary>
/// <param name="model">What was read of Core.</param>
public sealed class CSharpTypes(CoreModel model)
{
    private const string Rows = "Rows";

    /// <summary>The members that every class has, whose names no parameter can take.</summary>
    private static readonly string[] Taken =
        "Name State HigherIsBetter Update Merge Compute TryCompute Result Curve Inner Word Shown Headline ToBytes FromBytes".Split(' ');

    private readonly HashSet<TypeName> wrapped = [.. model.Results.Where(result => result.SpeaksLanguageExt).Select(result => result.Type)];

    private IEnumerable<(MetricModel Metric, MetricModel Form)> Forms =>
        model.Metrics.SelectMany(metric => metric.Variants.Prepend(metric).Select(form => (metric, form)));

    /// <summary>A sentence for each parameter that cannot be a property, and for each result that does not say its numbers.</summary>
    public IEnumerable<string> Problems =>
        (
            from pair in Forms
            from parameter in pair.Form.Parameters
            where Taken.Contains(Pascal(parameter.Name))
            select $"{pair.Metric.Name}: the parameter {parameter.Name} cannot be a property of {pair.Metric.Name}Metric, which has a member of that name; give it another."
        )
            .Concat(
                from pair in Forms
                where !Numbers(pair.Form.Result, "", "", "").Any()
                select $"{pair.Metric.Name}: its result {pair.Form.Result} shows no number; mark the one that it stands for with [Headline], or some with [Shown]."
            )
            .Concat(model.Results.SelectMany(ProblemsOf));

    private IEnumerable<string> ProblemsOf(ResultModel result) =>
        from member in result.Members
        where member.Shows
        let path = $"{result.Type.Name}.{member.Name}"
        let isUnsaid = member.Type.Name == "Option" && member.Missing.Length == 0
        where isUnsaid || !Numbers(member.Type, "", "", "").Any()
        select isUnsaid
            ? $"{path} may be absent, and does not say why; mark it with what was not seen then: [Shown(\"second score\")]."
            : $"{path} is shown, but a {member.Type} has no number; mark its own members.";

    /// <summary>The classes, by metric: the metric and its other forms, each at home and at its other levels.</summary>
    public IReadOnlyList<ShellClass> Classes =>
        [
            .. from metric in model.Metrics
            from form in metric.Variants.Where(variant => !IsInput(metric, variant)).Prepend(metric)
            let label = form == metric ? metric.Name : form.Name + metric.Name
            from made in Levels(form, label).Prepend(Home(form, label))
            select made,
        ];

    /// <summary>The type as C# writes it.</summary>
    public string Type(TypeName type) =>
        type.IsArray ? $"{Type(type.Arguments[0])}{type.Name}"
        : wrapped.Contains(type) ? type.Name
        : type.FullName switch
        {
            "LanguageExt.Option" => $"{Type(type.Arguments[0] with { Names = type.Names })}?",
            "LanguageExt.Fin" => Type(type.Arguments[0]),
            "LanguageExt.Seq" or "LanguageExt.Arr" or "LanguageExt.Lst" =>
                $"global::System.Collections.Immutable.ImmutableArray<{Type(type.Arguments[0])}>",
            "System.ValueTuple" =>
                $"({string.Join(", ", type.Arguments.Select((part, i) => $"{Type(part)} {type.Names.ElementAtOrDefault(i)}".TrimEnd()))})",
            _ => type.Arguments.Count == 0 ? $"{type}" : $"global::{type.FullName}<{string.Join(", ", type.Arguments.Select(Type))}>",
        };

    /// <summary>An expression of a Core type as the shell's value.</summary>
    public string Value(string expression, TypeName type) =>
        wrapped.Contains(type) ? $"new {type.Name}({expression})"
        : type.IsArray ? Mapped("Array.ConvertAll", expression, type.Arguments[0])
        : type.FullName switch
        {
            "LanguageExt.Option" => $"{expression}.OrNull(found => ({Type(type)}){Value("found", type.Arguments[0])})",
            "LanguageExt.Fin" => Value($"{expression}.OrThrow()", type.Arguments[0]),
            "LanguageExt.Seq" or "LanguageExt.Arr" or "LanguageExt.Lst" =>
                $"global::System.Collections.Immutable.ImmutableArray.CreateRange({Mapped("Enumerable.Select", expression, type.Arguments[0])})",
            _ => expression,
        };

    /// <summary>The core's metric with its result as the shell shows it.</summary>
    public string Presented(string metric, TypeName result) =>
        Value("found", result) is var form and not "found" ? $"{metric}.Then(found => {form})" : metric;

    private string Mapped(string function, string values, TypeName type) => $"{function}({values}, found => {Value("found", type)})";

    /// <summary>A name with its first letter large.</summary>
    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    /// <summary>A form of the same state and result is one more batch that the metric's own class reads.</summary>
    private static bool IsInput(MetricModel metric, MetricModel variant) =>
        variant.Factory is null && variant.State == metric.State && variant.Result == metric.Result;

    private ShellClass Home(MetricModel metric, string label) =>
        Class($"{label}Metric", label, metric, null, metric.State, AtDefaults(metric)) with
        {
            Inputs =
            [
                .. metric
                    .Levels.Where(level => level is { Name: Rows, Method: not null })
                    .Select(level => new ShellInput(At(level, Made(metric)), Batch(level.Batch))),
                new(Made(metric), Batch(metric.Batch)),
                .. metric
                    .Variants.Where(variant => IsInput(metric, variant))
                    .Select(variant => new ShellInput(AtDefaults(variant), Batch(variant.Batch))),
            ],
        };

    private IEnumerable<ShellClass> Levels(MetricModel metric, string label) =>
        from level in metric.Levels
        where level.Method is not null && level.Name != Rows
        let name = $"{level.Name.TrimEnd('s')}{label}Metric"
        select Class(name, label, metric, level, level.State, At(level, AtDefaults(metric))) with
        {
            Inputs = [new(At(level, Made(metric)), Batch(level.Batch))],
        };

    private static string Made(MetricModel metric) =>
        metric.Factory is null
            ? AtDefaults(metric)
            : $"{Owner(metric)}.{metric.Factory}({string.Join(", ", metric.Parameters.Select(parameter => Pascal(parameter.Name)))})";

    private static string AtDefaults(MetricModel metric) => $"{Owner(metric)}.{metric.Property}";

    private static string At(LevelModel level, string metric) => $"global::{level.Method}({metric})";

    private static string Owner(MetricModel metric) => $"global::{metric.Owner}";

    private ShellClass Class(string name, string label, MetricModel metric, LevelModel? level, TypeName state, string home)
    {
        var result = model.Results.FirstOrDefault(result => result.Type == metric.Result);
        var headline = result?.Members.FirstOrDefault(member => member.IsHeadline);
        var curve = result?.Members.FirstOrDefault(member => member.IsCurve);
        return new(
            name,
            label,
            metric,
            level,
            state,
            [],
            home,
            Type(headline?.Type ?? metric.Result),
            headline is null ? "" : $".{headline.Name}",
            [.. Numbers(metric.Result, wrapped.Contains(metric.Result) ? "found.Core" : "found", "", "")],
            result is { IsCurve: true } ? new(Type(metric.Result), "")
                : curve is null ? null
                : new(Type(curve.Type), $".{curve.Name}")
        );
    }

    /// <summary>The numbers inside a value by name, each with the expression that reads it: a number, or a Fin of one where it can be absent.</summary>
    private IEnumerable<ShellPart> Numbers(TypeName type, string value, string name, string missing) =>
        type.FullName switch
        {
            "System.Double" or "System.Int64" or "System.Int32" => [new(name, value)],
            "LanguageExt.Option" => Inside(type.Arguments[0], $"{value}.OrAbsent(metric, \"{missing}\")", name),
            "LanguageExt.Fin" => Inside(type.Arguments[0], value, name),
            _ => from result in model.Results
            where result.Type == type
            from member in result.Members
            where member.Shows
            let inner = member.IsHeadline ? name
            : name.Length == 0 ? member.Name
            : $"{name}_{member.Name}"
            from number in Numbers(member.Type, $"{value}.{member.Name}", inner, member.Missing)
            select number,
        };

    private IEnumerable<ShellPart> Inside(TypeName type, string value, string name) =>
        Numbers(type, "there", name, "").Select(part => part with { Path = $"{value}.Bind<double>(there => {part.Path})" });

    private BatchModel Batch(TypeName type) => model.Batches.First(batch => batch.Type == type);
}
