namespace Conclude.Dashboard.Responses;

/// <summary>One filter that is in force.</summary>
/// <param name="Name">As the address names it.</param>
/// <param name="Rest">What is left to see without it.</param>
public sealed record ResponseChip(string Name, string Label, ResponseSelection Rest);
