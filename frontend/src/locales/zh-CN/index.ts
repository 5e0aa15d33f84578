import accounts from './accounts'
import common from './common'
import failure from './failure'
import models from './models'
import overview from './overview'
import requests from './requests'
import rules from './rules'
import settings from './settings'
import shell from './shell'
import trial from './trial'

export default { common, failure, shell, overview, accounts, requests, trial, models, rules, settings }
