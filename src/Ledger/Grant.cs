namespace Conclude.Ledger;

/// <summary>A prompt to be granted together with its fire.</summary>
/// <param name="Prompt">The row to insert.</param>
/// <param name="ExpectedVersion">The version of the user's row that the decision was made on.</param>
/// <param name="ResponseCap">Grant only while answers + live prompts of the moment are fewer; null is no cap.</param>
/// <param name="Person">The person as shown to admins beside the answer.</param>
public sealed record Grant(Prompt Prompt, long ExpectedVersion, int? ResponseCap, Person Person, PageContext Context);
