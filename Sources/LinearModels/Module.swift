// LinearModels
