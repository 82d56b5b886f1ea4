using System.Reflection;
using FunctionalMetrics.Generator.Model;

namespace FunctionalMetrics.Generator.Reading;

/// <summary>Reads what a batch can be made from.</summary>
internal static class BatchReader
{
    private const string Constructor = "Create";

    public static BatchModel Read(Type batch, DocFile docs) =>
        new(
            TypeNames.Of(batch),
            docs.Of(batch),
            [
                .. batch
                    .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
                    .Where(method => method.Name == Constructor)
                    .OrderBy(method => method.MetadataToken)
                    .Select(method => Parameters(method, docs)),
            ]
        );

    private static IReadOnlyList<ParameterModel> Parameters(MethodInfo method, DocFile docs) =>
        [
            .. method
                .GetParameters()
                .Select(parameter => new ParameterModel(
                    parameter.Name!,
                    TypeNames.Of(parameter.ParameterType),
                    null,
                    docs.Of(method, parameter)
                )),
        ];
}
