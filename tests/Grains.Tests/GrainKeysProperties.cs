using FsCheck;
using FsCheck.Fluent;

namespace Conclude.Grains.Tests;

/// <summary>
/// Proves of grain keys that two different things never share one, whatever they are called, and that a key says what it was made of.
/// </summary>
public sealed class GrainKeysProperties
{
    private static readonly string[] Awkward =
        ["", "/", "//", "a/b", "%2F", "%", "a%2Fb", "\0", " ", ".", "..", "u:", "t:u:x", "e:", "\u202e", "\u212a", "K", "k", "\ud83d\ude00", "é", "e\u0301", "#", "?", new('x', 300)];

    private static readonly Gen<string> Text = Gen.OneOf(Gen.Elements(Awkward), ArbMap.Default.ArbFor<string>().Generator.Select(static s => s ?? ""), Two(static (a, b) => a + b));

    private static readonly Gen<string> Workspace =
        from length in Gen.Choose(1, 40)
        from letters in Gen.Elements("abz019-".ToCharArray()).ListOf(length)
        select string.Concat(letters);

    [Fact]
    public void A_key_says_what_it_was_made_of() =>
        Holds(from workspace in Workspace from rest in Text select (workspace, rest), static key => GrainKeys.Split(GrainKeys.Join(key.workspace, key.rest)) == (key.workspace, key.rest));

    [Fact]
    public void Two_things_share_a_key_only_when_they_are_one() =>
        Holds(
            from one in Workspace
            from other in Gen.OneOf(Gen.Constant(one), Workspace)
            from a in Text
            from b in Text
            select (one, other, a, b),
            static k => GrainKeys.Join(k.one, k.a) == GrainKeys.Join(k.other, k.b) == ((k.one, k.a) == (k.other, k.b)));

    [Fact]
    public void What_is_no_workspace_is_no_part_of_a_key() =>
        Holds(Text.Where(static t => !GrainKeys.IsWorkspaceId(t)), static text => Refuses(() => GrainKeys.Join(text, "x")) && (text.Contains('/', StringComparison.Ordinal) || Refuses(() => GrainKeys.Split(text))));

    [Fact]
    public void An_address_has_one_form_however_often_it_is_brought_into_it() =>
        Holds(Text, static email => GrainKeys.NormalizeEmail(GrainKeys.NormalizeEmail(email)) == GrainKeys.NormalizeEmail(email));

    [Fact]
    public void The_Kelvin_sign_is_the_letter_that_it_looks_like() =>
        Assert.Equal("kim@acme.com", GrainKeys.NormalizeEmail(" \u212aIM@ACME.com"));

    private static bool Refuses(Func<object> build)
    {
        try
        {
            build();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static Gen<string> Two(Func<string, string, string> put) =>
        from a in Gen.Elements(Awkward) from b in Gen.Elements(Awkward) select put(a, b);

    private static void Holds<T>(Gen<T> of, Func<T, bool> property) => Prop.ForAll(of.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
}
