namespace Conclude.Api.Operators;

/// <summary>What opens the operator's routes.</summary>
public sealed class OperatorOptions
{
    public const string Section = "Conclude:Operator";

    /// <summary>Nobody guesses so many characters.</summary>
    public const int MinTokenLength = 32;

    /// <summary>At least <see cref="MinTokenLength"/> characters; without it the routes do not exist.</summary>
    public string? Token { get; set; }
}
