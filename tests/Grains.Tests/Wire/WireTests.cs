namespace Conclude.Grains.Tests.Wire;

/// <summary>
/// Proves that nobody changes unawares what silos of two versions say to each other during a rolling upgrade, or what a store holds
/// from the version before: facts.txt lists it all.
/// </summary>
public sealed class WireTests
{
    private const string Retired = " retired";
    private static readonly string[] Listed = ReadListed();
    private static readonly string[] Known = [.. Listed.Where(static line => !line.EndsWith(Retired, StringComparison.Ordinal))];

    [Fact]
    public void Every_interface_and_each_of_its_methods_has_an_alias() => Assert.Empty(WireFacts.Interfaces
        .SelectMany(static i => i.GetMethods().Where(static m => WireFacts.AliasOf(m) is null).Select(m => $"{i}.{m.Name}")
            .Concat(WireFacts.AliasOf(i) is null ? [$"{i}"] : [])));

    [Fact]
    public void Every_type_that_crosses_is_marked_and_has_an_alias() => Assert.Empty(WireFacts.Types
        .Where(static t => !t.IsDefined(typeof(GenerateSerializerAttribute), inherit: false) || WireFacts.AliasOf(t) is null));

    [Fact]
    public void Every_member_of_what_crosses_has_a_number() => Assert.Empty(WireFacts.Types
        .SelectMany(static t => WireFacts.UnnumberedOf(t).Select(name => $"{t}.{name}")));

    [Fact]
    public void No_alias_and_no_number_is_used_twice()
    {
        Assert.Empty(Twice(WireFacts.Interfaces.Concat(WireFacts.Types).Select(WireFacts.AliasOf)));
        Assert.Empty(Twice(WireFacts.Interfaces.SelectMany(static i => i.GetMethods().Select(m => $"{i}.{WireFacts.AliasOf(m)}"))));
        Assert.Empty(Twice(WireFacts.Types.SelectMany(static t => WireFacts.MembersOf(t).Select(m => $"{t} {m.Id}"))));
    }

    [Fact]
    public void Nothing_is_gone_or_changed_that_silos_and_stores_of_the_version_before_know()
    {
        var gone = Known.Except(WireFacts.All(), StringComparer.Ordinal).ToArray();
        Assert.True(gone.Length == 0, $"A silo of the version before, or a store, still has these; keep them and add beside them (or, where both can do without a member, leave its line as 'alias number retired'):\n{string.Join('\n', gone)}");
    }

    [Fact]
    public void A_retired_number_is_never_used_again()
    {
        var retired = Listed.Except(Known, StringComparer.Ordinal).Select(static line => line[..^Retired.Length] + " ").ToArray();
        Assert.NotEmpty(retired);
        Assert.DoesNotContain(WireFacts.All(), fact => retired.Any(number => fact.StartsWith(number, StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_new_is_listed()
    {
        var added = WireFacts.All().Except(Known, StringComparer.Ordinal).ToArray();
        Assert.True(
            added.Length == 0,
            "New on the wire or in a store. The version before leaves it out, so it must do with its default (null, zero, a default array); "
            + $"then add these lines to tests/Grains.Tests/Wire/facts.txt:\n{string.Join('\n', added)}");
    }

    private static IEnumerable<string> Twice(IEnumerable<string?> names) =>
        names.OfType<string>().GroupBy(static n => n, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(static g => g.Key);

    private static string[] ReadListed()
    {
        using var stream = typeof(WireTests).Assembly.GetManifestResourceStream("facts.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
