namespace Conclude.Grains.Sessions;

/// <summary>How often people would be asked if the days to come are like those gone by.</summary>
public sealed record PromptForecast(double PromptsPerDay, double FiresPerDay);
