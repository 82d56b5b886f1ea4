using FunctionalMetrics.Generator.Reading;
using FunctionalMetrics.Generator.Rendering;

namespace FunctionalMetrics.Generator.Tests;

/// <summary>A metric that cannot be expressed stops the build with one sentence that names it.</summary>
public class ProblemTests
{
    private static readonly CoreReading Bad = Places.Read(Places.Bad);

    private static string[] All => [.. Bad.Problems];

    [Theory]
    [InlineData(
        "ParameterOfAnUnknownType.With: the parameter names has the type string[]; a parameter is one of bool, double, float, int, long and string."
    )]
    [InlineData("ParameterWithoutDefault.With: the parameter limit has no default value, which ParameterWithoutDefault.Metric needs.")]
    [InlineData("ParameterWithoutDocumentation.With: the parameter limit has no <param> documentation.")]
    [InlineData("TwoFactories makes its metric with Within and UpTo; one method must take all of its parameters.")]
    [InlineData("FormWithoutDocumentation.Within has no documentation.")]
    [InlineData("FactoryOnly declares no static property Metric of type Metric, which every metric has with its default parameters.")]
    [InlineData("ParametersAndAnotherBatch has parameters (Within) and a second batch (OfFloats); it can have one of the two.")]
    [InlineData(
        "The documentation of WithoutDocumentation lacks a first sentence that says what it is, a paragraph that begins with \"Formula:\", a paragraph that says when it is undefined and a paragraph that begins with \"Source:\"."
    )]
    [InlineData(
        "The documentation of WithoutSource lacks a paragraph that says when it is undefined and a paragraph that begins with \"Source:\"."
    )]
    [InlineData("ResultInACircle: its result mentions Chicken in a circle; a result type is made of others that do not lead back to it.")]
    [InlineData(
        "EitherResult.Value has a Either<int, double> in it, which has no form in F# and C#; give it an Option, a Fin, a Seq or a type of its own."
    )]
    public void Each_problem_is_one_sentence(string sentence) => Assert.Contains(sentence, All);

    [Theory]
    [InlineData(
        "ResultInACircle: its result Chicken shows no number; mark the one that it stands for with [Headline], or some with [Shown]."
    )]
    [InlineData("MarkedResult.Names is shown, but a Seq<string> has no number; mark its own members.")]
    [InlineData("MarkedResult.Other may be absent, and does not say why; mark it with what was not seen then: [Shown(\"second score\")].")]
    public void A_result_without_what_tables_need_is_a_problem_of_the_shell(string sentence) =>
        Assert.Contains(sentence, new CSharpTypes(Bad.Model).Problems);

    [Fact]
    public void There_are_no_others() => Assert.Equal(11, All.Length);

    [Fact]
    public void The_generator_writes_them_to_the_error_stream_and_no_files()
    {
        using var folder = new TemporaryFolder();
        var (code, errors) = Run("fsharp", Places.Bad, folder);

        Assert.Equal(1, code);
        Assert.Equal(All, errors);
        Assert.Equal(["references.txt"], folder.Names);
    }

    [Fact]
    public void A_surface_that_is_not_there_is_bad_usage()
    {
        using var folder = new TemporaryFolder();
        var (code, errors) = Run("fsharp,cobol", Places.Good, folder);

        Assert.Equal(2, code);
        Assert.Contains("there is no surface cobol, only csharp, fsharp, laws, reference", Assert.Single(errors));
    }

    private static (int Code, string[] Errors) Run(string surface, string assembly, TemporaryFolder folder)
    {
        var references = folder.Write("references.txt", string.Join('\n', Places.References));
        var generator = Places.Beside("FunctionalMetrics.Generator.dll");
        var run = Outcome.Of(DotnetCommand.In(folder.Path, generator, surface, assembly, references, folder.Path));
        return (run.ExitCode, run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
