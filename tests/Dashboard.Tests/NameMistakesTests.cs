using System.Diagnostics;
using Conclude.Dashboard.ObservedEvents;

namespace Conclude.Dashboard.Tests;

/// <summary>Proves which names are pointed out as mistakes, and that looking for them is bounded work.</summary>
public sealed class NameMistakesTests
{
    [Theory]
    [InlineData("report_exported", "report_export")]
    [InlineData("report_exported", "reports_exported")]
    [InlineData("report_exported", "report_exporting")]
    [InlineData("report_exported", "reportExported")]
    [InlineData("report_exported", "Report-Exported")]
    [InlineData("report_exported", "report.exported")]
    [InlineData("report_exported", "reprt_exported")]
    [InlineData("report_exported", "reeport_exported")]
    [InlineData("report_exported", "repord_exported")]
    [InlineData("report_exported", "report_exportedd")]
    [InlineData("url_shared", "URLShared")]
    public void Of_two_names_that_are_nearly_the_same_the_later_is_pointed_out(string trusted, string later)
    {
        var (name, mistake) = Assert.Single(NameMistakes.Find([trusted, "page_opened", later]));
        Assert.Equal((later, trusted), (name, mistake.Meant));
        Assert.Contains(trusted, mistake.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step_1_done", "step_2_done")]
    [InlineData("checkout_v1", "checkout_v12")]
    [InlineData("import", "export")]
    [InlineData("card_on", "cart_on")]
    [InlineData("invoice_sent", "invoice_paid")]
    [InlineData("report_exported", "rport_exportd")]
    [InlineData("access", "acces5")]
    public void Names_that_are_told_apart_on_purpose_are_left_alone(string one, string other) => Assert.Empty(NameMistakes.Find([one, other]));

    [Fact]
    public void A_name_unlike_most_is_told_how_it_would_be_written()
    {
        var found = NameMistakes.Find(["page_opened", "chart_opened", "invite", "exportClicked", "Checkout:done"]);
        Assert.Equal(["Checkout:done", "exportClicked"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("export_clicked", "checkout_done"), (found["exportClicked"].Meant, found["Checkout:done"].Meant));
    }

    [Fact]
    public void Where_most_names_are_written_otherwise_snake_case_is_no_rule() =>
        Assert.Empty(NameMistakes.Find(["pageOpened", "chartOpened", "inviteSent", "export_clicked"]));

    [Fact]
    public void Odd_names_are_no_trouble() => Assert.Empty(NameMistakes.Find(["_", "-", "1", "a", "__", new string('x', 100), "::"]).Values.Where(static m => m.Meant == "x"));

    [Theory]
    [InlineData("abcd", "abcd", false)]
    [InlineData("abcd", "abc", true)]
    [InlineData("abcd", "bcd", true)]
    [InlineData("abcd", "abxd", true)]
    [InlineData("abcd", "abdc", false)]
    [InlineData("abc1", "abc", false)]
    [InlineData("abc1", "abcd", false)]
    public void A_slip_is_one_letter(string one, string other, bool slip)
    {
        Assert.Equal(slip, NameMistakes.IsSlip(one, other));
        Assert.Equal(slip, NameMistakes.IsSlip(other, one));
    }

    [Fact]
    public void Five_thousand_names_made_to_be_alike_take_no_longer_than_a_blink()
    {
        // All within the reach of one deletion or of one another's hashes, as an attacker who knows the key would fire them.
        var letters = "abcdefghij";
        var names = Enumerable.Range(0, 6_000).Select(i => string.Concat($"{i:D4}".Select(d => letters[d - '0'])) + new string('z', 34)).ToArray();
        NameMistakes.Find(names.Take(10));
        var began = Stopwatch.GetTimestamp();
        var found = NameMistakes.Find(names);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.NotEmpty(found);
        Assert.All(found.Keys, name => Assert.Contains(name, names.Take(NameMistakes.MaxNames)));
    }
}
