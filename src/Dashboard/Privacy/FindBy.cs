namespace Conclude.Dashboard.Privacy;

/// <summary>What a person is looked for by.</summary>
public enum FindBy
{
    ExternalId,
    Email,
    AnonymousId,
}
