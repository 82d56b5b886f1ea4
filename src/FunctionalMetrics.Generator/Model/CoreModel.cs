namespace FunctionalMetrics.Generator.Model;

/// <summary>All that the templates see of the compiled core; nothing in it belongs to one language.</summary>
/// <param name="Metrics">The metrics, by name.</param>
/// <param name="Batches">The types that metrics read.</param>
/// <param name="States">The types that metrics keep.</param>
/// <param name="Results">The types that results are made of, each after those it mentions.</param>
/// <param name="Errors">The families of errors.</param>
public sealed record CoreModel(
    IReadOnlyList<MetricModel> Metrics,
    IReadOnlyList<BatchModel> Batches,
    IReadOnlyList<NamedModel> States,
    IReadOnlyList<ResultModel> Results,
    IReadOnlyList<ErrorFamily> Errors
);

/// <summary>A type and what its documentation says.</summary>
/// <param name="Type">The type.</param>
/// <param name="Doc">Its documentation.</param>
public record NamedModel(TypeName Type, Doc Doc);

/// <summary>A type that metrics read.</summary>
/// <param name="Type">The type.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Sources">What it can be made from: the parameters of each of its static methods <c>Create</c>.</param>
public sealed record BatchModel(TypeName Type, Doc Doc, IReadOnlyList<IReadOnlyList<ParameterModel>> Sources) : NamedModel(Type, Doc);

/// <summary>An error type that has several kinds.</summary>
/// <param name="Type">The common base.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Cases">The kinds, in the order of their declaration.</param>
public sealed record ErrorFamily(TypeName Type, Doc Doc, IReadOnlyList<ErrorCase> Cases);

/// <summary>One kind of error.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Doc">Its documentation.</param>
/// <param name="Parts">What it carries, in the order of its constructor.</param>
public sealed record ErrorCase(TypeName Type, Doc Doc, IReadOnlyList<MemberModel> Parts);
