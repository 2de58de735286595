namespace Conclude.Ledger;

/// <summary>What kind of somebody changed a workspace.</summary>
[GenerateSerializer, Alias("Conclude.AuthorKind")]
public enum AuthorKind : byte
{
    /// <summary>Whoever runs the server: the first start, commands, silos of a version that named nobody.</summary>
    Operator,

    /// <summary>A member, by e-mail.</summary>
    Member,

    /// <summary>A program, by the id of its secret key.</summary>
    Key,
}
