namespace Conclude.Ledger;

/// <summary>Who changes a workspace.</summary>
/// <param name="Id">A member's normalised e-mail or a key's id; empty for the operator.</param>
[GenerateSerializer, Immutable, Alias("Conclude.Author")]
public sealed record Author([property: Id(0)] AuthorKind Kind, [property: Id(1)] string Id)
{
    public static Author Operator { get; } = new(AuthorKind.Operator, "");

    public static Author Member(string email) => new(AuthorKind.Member, email);

    public static Author Key(string id) => new(AuthorKind.Key, id);
}
