using Microsoft.Extensions.Options;
using Registry;

try
{
    await using var app = RegistryApp.Create(args);
    await app.RunAsync();
    return 0;
}
catch (OptionsValidationException unusable)
{
    await Console.Error.WriteLineAsync(unusable.Message);
    return 2;
}
