using Microsoft.Extensions.Options;
using Registry;

try
{
    await using var app = RegistryApp.Create(args);
    await app.RunAsync();
    return 0;
}
catch (Exception unusable) when (unusable is OptionsValidationException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(unusable.Message);
    return 2;
}
