using FunctionalMetrics.Generator.Model;
using FunctionalMetrics.Generator.Rendering;

namespace FunctionalMetrics.Generator.Tests;

public class RenderingTests
{
    private static readonly FSharpTypes Types = new(Places.Read(Places.Core).Model);

    private static TypeName Double => new("System", "Double", []);

    private static TypeName Roc => new("FunctionalMetrics.Core", "RocCurve", []);

    private static TypeName Of(string fullName, params TypeName[] arguments) =>
        new(fullName[..fullName.LastIndexOf('.')], fullName[(fullName.LastIndexOf('.') + 1)..], arguments);

    [Fact]
    public void LanguageExt_types_have_F_sharp_forms()
    {
        var pair = Of("System.ValueTuple", Double, Roc);

        Assert.Equal("float option", Types.Type(Of("LanguageExt.Option", Double)));
        Assert.Equal("Result<RocCurve, Problem list>", Types.Type(Of("LanguageExt.Fin", Roc)));
        Assert.Equal("(float * RocCurve) list", Types.Type(Of("LanguageExt.Seq", pair)));
        Assert.Equal("Result<float, Problem list>", Types.Type(Of("LanguageExt.Validation", Of("FunctionalMetrics.Core.Fault"), Double)));
    }

    [Fact]
    public void Values_are_converted_where_the_forms_differ_and_only_there()
    {
        Assert.Equal("x", Types.Value("x", Double));
        Assert.Equal("x |> RocCurve", Types.Value("x", Roc));
        Assert.Equal("x |> Convert.option id", Types.Value("x", Of("LanguageExt.Option", Double)));
        Assert.Equal("x |> Convert.result (Convert.list RocCurve)", Types.Value("x", Of("LanguageExt.Fin", Of("LanguageExt.Seq", Roc))));
        Assert.Equal(
            "x |> Convert.option (fun struct (a, b) -> a, RocCurve b)",
            Types.Value("x", Of("LanguageExt.Option", Of("System.ValueTuple", Double, Roc)))
        );
    }

    [Fact]
    public void A_parameter_that_cannot_be_a_property_is_named()
    {
        var model = Places.Read(Places.Core).Model;
        var metric = model.Metrics[0] with { Parameters = [new ParameterModel("state", Double, 0.5, Doc.None)] };

        var problem = Assert.Single(new CSharpTypes(model with { Metrics = [metric] }).Problems);
        Assert.StartsWith($"{metric.Name}: the parameter state cannot be a property", problem);
    }

    [Fact]
    public void Numbers_are_read_as_they_are_marked_and_say_why_they_are_absent()
    {
        var share = new CSharpTypes(Places.Read(Places.Good).Model).Classes.Single(made => made.Name == "ShareMetric");

        Assert.Equal(("double", ".Value"), (share.Value.ToString(), share.Headline));
        Assert.Equal(
            ["", "Parts_Bounds_Lower", "Parts_Bounds_Upper", "Parts_Other", "Parts_Rate"],
            share.Numbers.Select(number => number.Name)
        );
        Assert.Equal("found.Core.Parts.Bounds.Lower", share.Numbers[1].Path);
        Assert.Equal("found.Core.Parts.Other.OrAbsent(metric, \"other\").Bind<double>(there => there)", share.Numbers[3].Path);
    }

    [Theory]
    [InlineData(0.3, "0.3")]
    [InlineData(1.0, "1.0")]
    [InlineData(1e-5, "1E-05")]
    [InlineData(true, "true")]
    [InlineData(7L, "7L")]
    [InlineData("a \"b\"", "\"a \\\"b\\\"\"")]
    public void Defaults_are_written_as_both_languages_read_them(object value, string text) => Assert.Equal(text, Text.Literal(value));

    [Fact]
    public void Documentation_reads_as_Markdown()
    {
        const string Xml =
            "See <see cref=\"T:A.B\"/>, <see cref=\"M:A.B.C(System.Int32)\"/> and <c>x</c>,\nwhere a &lt; b.\n<para>More.</para>";

        Assert.Equal("See `B`, `B.C` and `x`, where a < b. More.", Markdown.Of(Xml));
        Assert.Equal("See `B`, `B.C` and `x`, where a < b", Markdown.Sentence(Xml));
    }

    [Fact]
    public void Documentation_is_taken_apart_by_its_paragraphs()
    {
        var doc = new Doc("A number.\n<para>Formula: n.</para>\n<para>Undefined for none.</para>\n<para>\nSource: a book.\n</para>");

        Assert.Equal(("A number.", "n.", "Undefined for none.", "a book."), (doc.Lead, doc.Formula, doc.Undefined, doc.Source));
    }
}
